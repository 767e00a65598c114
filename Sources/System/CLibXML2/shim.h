#pragma once
#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU and its headers then bring in ICU's, which clash with those that Foundation carries.
// Nothing here touches the one structure whose shape depends on it.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>

// The SAX2 interface as plain C function pointers, the same for every libxml2 from 2.9 on: the types of its error
// callbacks changed in 2.12, and a C header can take either.

typedef struct broadsheet_xml_sink {
    void *owner;
    int (*read)(void *owner, char *buffer, int capacity);
    void (*start)(
        void *owner, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri, int count,
        const unsigned char **attributes);
    void (*end)(void *owner, const unsigned char *local, const unsigned char *prefix, const unsigned char *uri);
    void (*text)(void *owner, const unsigned char *bytes, int length);
    void (*entity)(void *owner, int is_external, const unsigned char *content);
    void (*problem)(void *owner, int code, int line, const char *message);
} broadsheet_xml_sink;

static void broadsheet_xml_on_start(
    void *sink, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes) {
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    (void)namespace_count, (void)namespaces, (void)defaulted;
    target->start(target->owner, local, prefix, uri, count, attributes);
}

static void broadsheet_xml_on_end(void *sink, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    target->end(target->owner, local, prefix, uri);
}

static void broadsheet_xml_on_text(void *sink, const xmlChar *bytes, int length) {
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    target->text(target->owner, bytes, length);
}

static void broadsheet_xml_on_entity(
    void *sink, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content) {
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    (void)name, (void)type, (void)public_id;
    target->entity(target->owner, system_id != NULL, content);
}

static int broadsheet_xml_on_read(void *sink, char *buffer, int capacity) {
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    return target->read(target->owner, buffer, capacity);
}

#if LIBXML_VERSION >= 21200
static void broadsheet_xml_on_problem(void *sink, const xmlError *error) {
#else
static void broadsheet_xml_on_problem(void *sink, xmlError *error) {
#endif
    broadsheet_xml_sink *target = (broadsheet_xml_sink *)sink;
    if (error != NULL) target->problem(target->owner, error->code, error->line, error->message);
}

// Parses what `sink->read` gives, as UTF-8 whatever the declaration says, with recovery. No entity that a document
// declares is ever looked up (there is no getEntity), nothing is loaded, no tree is built, and libxml2's own limits on
// depth, names and text stay on.
static inline int broadsheet_xml_parse(xmlParserCtxtPtr context, broadsheet_xml_sink *sink) {
    xmlSAXHandler handler = {0};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = broadsheet_xml_on_start;
    handler.endElementNs = broadsheet_xml_on_end;
    handler.characters = broadsheet_xml_on_text;
    handler.cdataBlock = broadsheet_xml_on_text;
    handler.entityDecl = broadsheet_xml_on_entity;
    handler.serror = broadsheet_xml_on_problem;
    *context->sax = handler;
    context->userData = sink;
    xmlDocPtr document = xmlCtxtReadIO(
        context, broadsheet_xml_on_read, NULL, sink, NULL, NULL,
        XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA);
    if (document != NULL) xmlFreeDoc(document);
    return context->wellFormed;
}

// libxml2's pass alone, with handlers that do nothing: what any reader of the document pays at least. For measurements.
static inline int broadsheet_xml_scan(const char *bytes, int count) {
    xmlSAXHandler handler = {0};
    handler.initialized = XML_SAX2_MAGIC;
    return xmlSAXUserParseMemory(&handler, NULL, bytes, count);
}
