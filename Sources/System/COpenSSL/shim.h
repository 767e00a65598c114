#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <string.h>

// EVP_PKEY_Q_keygen takes variable arguments, which Swift cannot call.

static inline EVP_PKEY *broadsheet_generate_rsa(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline EVP_PKEY *broadsheet_generate_ed25519(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

// HMAC-SHA-256 with its key worked in, to be duplicated for each message; NULL where OpenSSL has none.
static inline EVP_MAC_CTX *broadsheet_hmac_sha256(const unsigned char *key, size_t length) {
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = mac ? EVP_MAC_CTX_new(mac) : NULL;
    EVP_MAC_free(mac);
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
    if (context && EVP_MAC_init(context, key, length, parameters) == 1) return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

// Without a callback OpenSSL would ask for a passphrase on the terminal.
static inline int broadsheet_no_passphrase(char *buffer, int size, int writing, void *user) {
    (void)buffer, (void)size, (void)writing, (void)user;
    return -1;
}

static inline EVP_PKEY *broadsheet_read_private_key(const void *pem, int length) {
    BIO *bio = BIO_new_mem_buf(pem, length);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, broadsheet_no_passphrase, NULL) : NULL;
    BIO_free(bio);
    ERR_clear_error();
    return key;
}

// The PKCS #8 PEM text of a key, at most `capacity` bytes of it; returns its length or 0.
static inline size_t broadsheet_write_private_key(EVP_PKEY *key, char *text, size_t capacity) {
    BIO *bio = BIO_new(BIO_s_mem());
    size_t length = 0;
    if (bio && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1) {
        char *data = NULL;
        long count = BIO_get_mem_data(bio, &data);
        if (count > 0 && (size_t)count <= capacity) {
            memcpy(text, data, (size_t)count);
            length = (size_t)count;
        }
    }
    BIO_free(bio);
    return length;
}
