import Core
import Digests
import Mail
import Site

/// What the files of an installation say, each read when it is first used.
struct TextsOfInstallation: Sendable {
    let topics: Lazily<Topics>
    let addressPolicy: Lazily<AddressPolicy>
    let templates: Lazily<LocalisedTemplates>
    let appearance: Lazily<SiteAppearance>
    let signers: Lazily<[any MessageSigner]>

    init(_ settings: Settings) {
        topics = Lazily { try Installation.topics(settings) }
        addressPolicy = Lazily { try AddressPolicy(settings) }
        let templates = Lazily { try Installation.templates(settings) }
        self.templates = templates
        appearance = Lazily { try Installation.appearance(settings, try templates.get()[settings.language].texts) }
        signers = Lazily { try Signing.signers(settings) }
    }

    /// Reads what is needed now, so that what is wrong with it is told before anything is done.
    func check(_ needs: Installation.Needs) throws {
        if needs.files == .none { return }
        _ = try topics.get()
        if needs.files == .topics { return }
        _ = try addressPolicy.get()
        _ = try templates.get()
        _ = try appearance.get()
        _ = try signers.get()
    }
}
