/// The units and prefixes that siunitx knows by name.
enum LaTeXUnits {
    /// The sign of a unit: of its name (`hertz`) or of siunitx's short form with a prefix (`GHz`).
    static func unit(_ name: String) -> String? {
        if let sign = units[name] { return sign }
        guard abbreviations.contains(name) else { return nil }
        return name.hasPrefix("u") ? "µ" + name.dropFirst() : name
    }

    static let prefixes = table(
        """
        quecto q ronto r yocto y zepto z atto a femto f pico p nano n micro µ milli m centi c deci d deca da deka da
        hecto h kilo k mega M giga G tera T peta P exa E zetta Z yotta Y ronna R quetta Q kibi Ki mebi Mi gibi Gi tebi Ti
        pebi Pi exbi Ei
        """)

    private static let units = table(
        """
        ampere A candela cd kelvin K kilogram kg metre m meter m mole mol second s gram g
        becquerel Bq degreeCelsius °C celsius °C coulomb C farad F gray Gy hertz Hz henry H joule J lumen lm katal kat
        lux lx newton N ohm Ω pascal Pa radian rad siemens S sievert Sv steradian sr tesla T volt V watt W weber Wb
        day d degree ° hectare ha hour h litre l liter L arcminute ′ minute min arcsecond ″ tonne t
        astronomicalunit au atomicmassunit u bohr a₀ clight c₀ dalton Da electronmass mₑ electronvolt eV hartree Eₕ
        planckbar ħ angstrom Å bar bar barn b bel B decibel dB knot kn mmHg mmHg nauticalmile M neper Np percent %
        bit bit byte B parsec pc lightyear ly year yr gauss G fahrenheit °F torr Torr poise P pixel px arcmin ′ arcsec ″
        """)

    private static let abbreviations: Set<String> = Set(
        """
        fg pg ng ug mg g kg amu pm nm um mm cm dm m km as fs ps ns us ms s fmol pmol nmol umol mmol mol kmol pA nA uA mA A
        kA ul ml l hl uL mL L hL mHz Hz kHz MHz GHz THz mN N kN MN Pa kPa MPa GPa mohm kohm Mohm pV nV uV mV V kV W nW uW
        mW kW MW GW J uJ mJ kJ eV meV keV MeV GeV TeV kWh F fF pF nF uF mF H fH pH nH mH uH C nC mC uC K mK uK dB kibit kB
        MB GB T mT uT G Jy mJy pc kpc Mpc Gpc
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static func table(_ pairs: String) -> [String: String] {
        let words = pairs.split(whereSeparator: \.isWhitespace).map(String.init)
        return Dictionary(
            stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) },
            uniquingKeysWith: { first, _ in first })
    }
}
