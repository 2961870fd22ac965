package dev.avocet.camera.publish;

import dev.avocet.camera.config.Certificates;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom to believe that a server is what it says, where that is not one of those Java knows. */
final class Authority {
  private Authority() {}

  /**
   * TLS that trusts what the certificates of a file have signed, and nothing else.
   *
   * @param file of PEM
   * @throws AvocetException INVALID_ARG where it has no certificates
   */
  static SSLContext trusting(String file) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate one : Certificates.read("authority_file", Path.of(file))) {
        store.setCertificateEntry("authority" + store.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AvocetException(
          Status.FAIL, "authority_file=%s: TLS cannot be set up: %s".formatted(file, e), e);
    }
  }
}
