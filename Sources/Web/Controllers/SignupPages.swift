import Core
import Digests
import Filters
import Foundation
import Hummingbird
import Mail
import Site
import Store
import Transport
import Workers

/// The answer to the box on the first page.
struct SignupPages: Sendable {
    let installation: Installation
    let front: FrontPages
    let limits: RequestLimits

    /// The answer is the same whatever becomes of the address, and comes at the same pace: who is subscribed is nobody
    /// else's business.
    func subscribe(_ posted: Posted, from client: IPAddress?) async throws -> Response {
        var form = SignupForm(
            email: posted.fields["email"] ?? "",
            topics: posted.fields.all("topic").filter { installation.topics[slug: $0] != nil },
            // The box brings it from the address of the page; one that is none cannot have been there.
            filter: posted.fields["filter"].flatMap { $0.isEmpty ? nil : try? Filter($0).source },
            stamp: installation.formStamp)
        let address: Address
        do {
            address = try Address(form.email)
            try installation.addressPolicy.check(address)
            if try await SubscriptionService(installation).isOutOfReach(address) {
                let letter = address.localPart.first { !$0.isASCII }.map(String.init) ?? ""
                form.problem = installation.currentTexts(.problemBeyondASCII, ["letter": letter])
                return try await front.retry(form)
            }
        } catch let error where error is StoreError || error is TransportError {
            throw error
        } catch {
            form.problem = installation.problem(with: error, installation.currentTexts)
            return try await front.retry(form)
        }
        // Programs fill in everything; so may a password manager, and text browsers show the field that others hide. The form
        // comes back with the field empty.
        guard posted.fields["website"] ?? "" == "" else {
            form.problem = installation.currentTexts[.problemTrap]
            return try await front.retry(form)
        }
        if let problem = problem(with: posted.fields["stamp"]) {
            form.problem = problem
            // A stamp that is too young ages while this is read; a new one would be too young again.
            if installation.verdict(on: posted.fields["stamp"]) == .tooFast, let stamp = posted.fields["stamp"] {
                form.stamp = stamp
            }
            return try await front.retry(form)
        }
        let signup = try limits.signup(of: address, from: client, at: installation.clock.now)
        let language = installation.currentLanguage
        try await EvenPace.run { [form] in
            guard signup == .welcome else { return }
            try await SubscriptionService(installation).subscribe(
                address, interests: Interests(topics: form.topics, filters: [form.filter].compactMap(\.self)),
                language: language, source: "web /subscribe")
        }
        return installation.answer(CheckInboxPage(contact: installation.contactAddress))
    }

    /// What to say of a form that came too fast, too late or from elsewhere; nobody who means it is turned away.
    private func problem(with stamp: String?) -> String? {
        switch installation.verdict(on: stamp) {
        case .good: nil
        case .missing where limits.mayComeUnstamped(at: installation.clock.now): nil
        case .missing, .tooFast, .forged: installation.currentTexts[.problemTooFast]
        case .tooOld: installation.currentTexts[.problemTooOld]
        }
    }
}

/// What was typed into the box, where the form comes back.
struct SignupForm: Sendable {
    var email: String
    /// Slugs.
    var topics: [String]
    /// In the filter language.
    var filter: String?
    /// See `FormStamp`.
    var stamp: String
    /// What is wrong with it.
    var problem: String?
}

extension Installation {
    /// What is wrong with a typed address; what exactly, where the reader reads English.
    func problem(with error: any Error, _ texts: Texts) -> String {
        switch error {
        case AddressPolicy.Refusal.disposable(let domain): return texts(.problemDisposable, ["domain": domain])
        case AddressPolicy.Refusal.mixedScripts(let domain): return texts(.problemMixedScripts, ["domain": domain])
        case AddressPolicy.Refusal.role(let name): return texts(.problemRole, ["name": name])
        case let error as AddressError where error.text.trimmed.isEmpty: return texts[.problemNoAddress]
        case let error as AddressError where texts.language != .english:
            return texts(.problemAddress, ["typed": error.text])
        default: return "\(error)"
        }
    }

    /// For a form that is shown now.
    var formStamp: String { FormStamp.text(at: clock.now, key: key) }

    func verdict(on stamp: String?) -> FormStamp.Verdict {
        guard settings.webLimits.fillTime > 0 else { return .good }
        return FormStamp.verdict(on: stamp, fillTime: settings.webLimits.fillTime, key: key, now: clock.now)
    }
}
