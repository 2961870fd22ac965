package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in files of PEM. Stateless. */
public final class Certificates {
  private Certificates() {}

  /**
   * All certificates of a file, in its order; at least one.
   *
   * @param option how the configuration calls the file
   * @throws AvocetException INVALID_ARG where it cannot be read, or holds none
   */
  public static List<X509Certificate> read(String option, Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new CertificateException("it is empty");
      }
      return all;
    } catch (IOException e) {
      throw new AvocetException(
          Status.INVALID_ARG,
          "%s=%s cannot be read (%s); name a file of PEM".formatted(option, file, e),
          e);
    } catch (CertificateException e) {
      throw new AvocetException(
          Status.INVALID_ARG,
          "%s=%s holds no X.509 certificates in PEM (%s); name a file with certificates"
              .formatted(option, file, e.getMessage()),
          e);
    }
  }
}
