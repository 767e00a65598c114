#pragma once

// A file that the program carries.
struct broadsheet_file {
    // Of the file in its folder, such as "style.css".
    const char *name;
    // Its bytes, none of them 0, and a 0.
    const char *text;
};

// The files of Templates/ and of config/: the first of a list that ends with one without a name.
const struct broadsheet_file *broadsheet_templates_begin(void);
const struct broadsheet_file *broadsheet_config_begin(void);
