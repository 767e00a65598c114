// The files of Templates/ and config/ as they were when the program was built: the preprocessor takes them in (C23 #embed), which
// costs a moment where as many numbers in Swift cost a minute. Both folders stand here as links.
#include "embedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define FILE(name) {name, (const char[]){
#define END , 0}},
#define LAST {0, 0}

// A new template needs three lines here; without them the program says so when it starts.
static const struct broadsheet_file templates[] = {
    FILE("admin-chart.html")
#embed "Templates/admin-chart.html"
    END
    FILE("admin-feed.html")
#embed "Templates/admin-feed.html"
    END
    FILE("admin-feeds.html")
#embed "Templates/admin-feeds.html"
    END
    FILE("admin-layout.html")
#embed "Templates/admin-layout.html"
    END
    FILE("admin-login.html")
#embed "Templates/admin-login.html"
    END
    FILE("admin-mails.html")
#embed "Templates/admin-mails.html"
    END
    FILE("admin-overview.html")
#embed "Templates/admin-overview.html"
    END
    FILE("admin-preview.html")
#embed "Templates/admin-preview.html"
    END
    FILE("admin-style.css")
#embed "Templates/admin-style.css"
    END
    FILE("admin-subscriber.html")
#embed "Templates/admin-subscriber.html"
    END
    FILE("admin-subscribers.html")
#embed "Templates/admin-subscribers.html"
    END
    FILE("admin-tally.html")
#embed "Templates/admin-tally.html"
    END
    FILE("admin-unsubscribe.html")
#embed "Templates/admin-unsubscribe.html"
    END
    FILE("mail-address-changed-subject.txt")
#embed "Templates/mail-address-changed-subject.txt"
    END
    FILE("mail-address-changed.html")
#embed "Templates/mail-address-changed.html"
    END
    FILE("mail-address-changed.txt")
#embed "Templates/mail-address-changed.txt"
    END
    FILE("mail-confirm-subject.txt")
#embed "Templates/mail-confirm-subject.txt"
    END
    FILE("mail-confirm.html")
#embed "Templates/mail-confirm.html"
    END
    FILE("mail-confirm.txt")
#embed "Templates/mail-confirm.txt"
    END
    FILE("mail-digest-subject.txt")
#embed "Templates/mail-digest-subject.txt"
    END
    FILE("mail-digest.html")
#embed "Templates/mail-digest.html"
    END
    FILE("mail-digest.txt")
#embed "Templates/mail-digest.txt"
    END
    FILE("mail-footer.html")
#embed "Templates/mail-footer.html"
    END
    FILE("mail-footer.txt")
#embed "Templates/mail-footer.txt"
    END
    FILE("mail-goodbye-subject.txt")
#embed "Templates/mail-goodbye-subject.txt"
    END
    FILE("mail-goodbye.html")
#embed "Templates/mail-goodbye.html"
    END
    FILE("mail-goodbye.txt")
#embed "Templates/mail-goodbye.txt"
    END
    FILE("mail-group.html")
#embed "Templates/mail-group.html"
    END
    FILE("mail-group.txt")
#embed "Templates/mail-group.txt"
    END
    FILE("mail-layout.html")
#embed "Templates/mail-layout.html"
    END
    FILE("mail-new-address-subject.txt")
#embed "Templates/mail-new-address-subject.txt"
    END
    FILE("mail-new-address.html")
#embed "Templates/mail-new-address.html"
    END
    FILE("mail-new-address.txt")
#embed "Templates/mail-new-address.txt"
    END
    FILE("mail-note-subject.txt")
#embed "Templates/mail-note-subject.txt"
    END
    FILE("mail-note.html")
#embed "Templates/mail-note.html"
    END
    FILE("mail-note.txt")
#embed "Templates/mail-note.txt"
    END
    FILE("mail-paper.html")
#embed "Templates/mail-paper.html"
    END
    FILE("mail-paper.txt")
#embed "Templates/mail-paper.txt"
    END
    FILE("mail-reminder-subject.txt")
#embed "Templates/mail-reminder-subject.txt"
    END
    FILE("mail-reminder.html")
#embed "Templates/mail-reminder.html"
    END
    FILE("mail-reminder.txt")
#embed "Templates/mail-reminder.txt"
    END
    FILE("mail-welcome-subject.txt")
#embed "Templates/mail-welcome-subject.txt"
    END
    FILE("mail-welcome.html")
#embed "Templates/mail-welcome.html"
    END
    FILE("mail-welcome.txt")
#embed "Templates/mail-welcome.txt"
    END
    FILE("page-about.html")
#embed "Templates/page-about.html"
    END
    FILE("page-addition.html")
#embed "Templates/page-addition.html"
    END
    FILE("page-address.html")
#embed "Templates/page-address.html"
    END
    FILE("page-check-inbox.html")
#embed "Templates/page-check-inbox.html"
    END
    FILE("page-confirm.html")
#embed "Templates/page-confirm.html"
    END
    FILE("page-confirmed.html")
#embed "Templates/page-confirmed.html"
    END
    FILE("page-delete.html")
#embed "Templates/page-delete.html"
    END
    FILE("page-error.html")
#embed "Templates/page-error.html"
    END
    FILE("page-filter-help.html")
#embed "Templates/page-filter-help.html"
    END
    FILE("page-filter-try.html")
#embed "Templates/page-filter-try.html"
    END
    FILE("page-home.html")
#embed "Templates/page-home.html"
    END
    FILE("page-imprint.html")
#embed "Templates/page-imprint.html"
    END
    FILE("page-layout.html")
#embed "Templates/page-layout.html"
    END
    FILE("page-library.html")
#embed "Templates/page-library.html"
    END
    FILE("page-mail-link.html")
#embed "Templates/page-mail-link.html"
    END
    FILE("page-mark.html")
#embed "Templates/page-mark.html"
    END
    FILE("page-notice.html")
#embed "Templates/page-notice.html"
    END
    FILE("page-paper.html")
#embed "Templates/page-paper.html"
    END
    FILE("page-papers.html")
#embed "Templates/page-papers.html"
    END
    FILE("page-preferences.html")
#embed "Templates/page-preferences.html"
    END
    FILE("page-privacy.html")
#embed "Templates/page-privacy.html"
    END
    FILE("page-search.html")
#embed "Templates/page-search.html"
    END
    FILE("page-topic.html")
#embed "Templates/page-topic.html"
    END
    FILE("page-topics.html")
#embed "Templates/page-topics.html"
    END
    FILE("page-undo.html")
#embed "Templates/page-undo.html"
    END
    FILE("page-unsubscribe.html")
#embed "Templates/page-unsubscribe.html"
    END
    FILE("page-unsubscribed.html")
#embed "Templates/page-unsubscribed.html"
    END
    FILE("strings-de.yaml")
#embed "Templates/strings-de.yaml"
    END
    FILE("strings-en.yaml")
#embed "Templates/strings-en.yaml"
    END
    FILE("strings-es.yaml")
#embed "Templates/strings-es.yaml"
    END
    FILE("strings-fr.yaml")
#embed "Templates/strings-fr.yaml"
    END
    FILE("strings-ja.yaml")
#embed "Templates/strings-ja.yaml"
    END
    FILE("strings-zh.yaml")
#embed "Templates/strings-zh.yaml"
    END
    FILE("style.css")
#embed "Templates/style.css"
    END
    LAST
};

static const struct broadsheet_file config[] = {
    FILE("feeds.yaml")
#embed "config/feeds.yaml"
    END
    FILE("sample-arxiv.xml")
#embed "config/sample-arxiv.xml"
    END
    FILE("sample-huggingface.json")
#embed "config/sample-huggingface.json"
    END
    FILE("topics.yaml")
#embed "config/topics.yaml"
    END
    LAST
};

const struct broadsheet_file *broadsheet_templates_begin(void) { return templates; }
const struct broadsheet_file *broadsheet_config_begin(void) { return config; }
