package dev.avocet.camera.web;

import dev.avocet.camera.config.Certificates;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS from a certificate and a key as files of PEM. Stateless. */
final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final char[] IN_MEMORY = new char[0];

  private TlsFiles() {}

  /**
   * TLS 1.2 and 1.3, or nothing where neither file is named.
   *
   * @throws AvocetException INVALID_ARG with what is wrong with a file
   */
  static Optional<SslContextFactory.Server> read(ServerConfig config) {
    if (config.certificate().isEmpty() && config.key().isEmpty()) {
      return Optional.empty();
    }
    if (config.certificate().isEmpty() || config.key().isEmpty()) {
      throw AvocetException.invalidArgument(
          "server: TLS needs both certificate and key; name the other one too");
    }
    Path certificate = Path.of(config.certificate().get());
    Path key = Path.of(config.key().get());
    X509Certificate[] chain =
        Certificates.read("server.certificate", certificate).toArray(new X509Certificate[0]);
    warnOfDates(certificate, chain[0]);
    PublicKey open = chain[0].getPublicKey();
    PrivateKey secret = key(key, open.getAlgorithm());
    try {
      if (!belong(secret, open)) {
        throw AvocetException.invalidArgument(
            "server.key=%s is not the key of server.certificate=%s; name those that belong together"
                .formatted(key, certificate));
      }
      return Optional.of(factory(chain, secret));
    } catch (GeneralSecurityException | IOException e) {
      throw new AvocetException(
          Status.FAIL, "TLS cannot be set up with %s: %s".formatted(certificate, e), e);
    }
  }

  private static SslContextFactory.Server factory(X509Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, IN_MEMORY, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, IN_MEMORY);
    // Made here, not by Jetty from a store, which would load javax.naming to read names in it.
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context);
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return factory;
  }

  /** A box whose clock is wrong goes on with a page that browsers warn of. */
  private static void warnOfDates(Path file, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      LOG.warn("server.certificate={}: {}; browsers will refuse it", file, e.getMessage());
    }
  }

  private static PrivateKey key(Path file, String algorithm) {
    String text = text(file);
    Matcher matcher = KEY.matcher(text);
    if (!matcher.find()) {
      throw AvocetException.invalidArgument(
          "server.key=%s %s; convert it by: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
              .formatted(file, otherKind(text)));
    }
    try {
      byte[] key = Base64.getMimeDecoder().decode(matcher.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      throw new AvocetException(
          Status.INVALID_ARG,
          "server.key=%s is no %s key, as the certificate has; name the certificate's key"
              .formatted(file, algorithm),
          e);
    } catch (GeneralSecurityException e) {
      throw new AvocetException(
          Status.INVALID_ARG,
          "server.certificate has a key of kind %s, which is not supported; use RSA or EC"
              .formatted(algorithm),
          e);
    }
  }

  private static String text(Path key) {
    try {
      return Files.readString(key, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AvocetException(
          Status.INVALID_ARG,
          "server.key=%s cannot be read (%s); name a file of PEM".formatted(key, e),
          e);
    }
  }

  private static String otherKind(String text) {
    if (text.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
      return "is encrypted";
    }
    if (text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN EC PRIVATE KEY")) {
      return "is of an older form (PKCS#1 or SEC1)";
    }
    return "holds no private key in PEM (PKCS#8)";
  }

  private static boolean belong(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature sign = Signature.getInstance(algorithm);
    sign.initSign(key);
    byte[] signature = sign.sign();
    Signature verify = Signature.getInstance(algorithm);
    verify.initVerify(certified);
    return verify.verify(signature);
  }
}
