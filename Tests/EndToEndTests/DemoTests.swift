import Core
import Foundation
import Testing

@Suite("The demo")
struct DemoTests {
    @Test("takes the true path and leaves the mail and its two parts; a second run works too")
    func twice() async throws {
        let program = try Program()
        for _ in 1...2 {
            let run = try await program.run("demo", "--output", "out")
            #expect(run.status == 0, "\(run.complaints)")
            let folder = program.folder.appendingPathComponent("out")
            let mail = try String(contentsOf: folder.appendingPathComponent("digest.eml"), encoding: .utf8)
            #expect(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
            let html = try String(contentsOf: folder.appendingPathComponent("digest.html"), encoding: .utf8)
            let text = try String(contentsOf: folder.appendingPathComponent("digest.txt"), encoding: .utf8)
            for part in [html, text] { #expect(part.contains("1 Sample Street")) }
            for topic in ["Language models", "Diffusion &amp; image generation", "Robotics &amp; embodied AI"] {
                #expect(html.contains(topic), "no paper of a topic that was ticked")
            }
            #expect(run.output.contains("One POST to the mail"))
        }
    }

    @Test("an output folder that cannot be made is said in one line")
    func noFolder() async throws {
        let run = try await Program().run("demo", "--output", "/proc/none")
        #expect(run.status == 1)
        #expect(run.complaints.split(separator: "\n").count == 1)
        #expect(run.complaints.contains("/proc/none"))
    }
}
