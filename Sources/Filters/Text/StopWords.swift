/// Words that say nothing of what a paper is about, as they are folded.
enum StopWords {
    static func contains(_ word: String) -> Bool { words.contains(word) }

    private static let words: Set<String> = Set(
        """
        a about above after again against all also am among an and another any are as at be because been before being below
        between both but by can could did do does doing down during each either et etc few for from further had has have
        having he her here hers him his how however i if in into is it its itself just less many may me might more most much
        must my neither no nor not now of off on once one only or other our ours out over own per quite rather same she
        should since so some still such than that the their theirs them then there therefore these they this those though
        through thus to together too toward towards two under until up upon us use used uses using very via was we well were
        what when where whereas whether which while who whom whose why will with within without would yet you your
        al based existing introduce introduces novel paper present presented presents propose proposed proposes show showed
        shown shows
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
