package dev.avocet.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that is signed by itself.
 *
 * @param certificate file of PEM
 * @param key file of PEM
 * @param store both, with {@link #PASSWORD}
 */
public record TestCertificate(Path certificate, Path key, KeyStore store) {
  /** Of the store and its key. */
  public static final String PASSWORD = "password";

  /**
   * Makes one for this machine by its name {@code localhost} and 127.0.0.1.
   *
   * @param folder for its files
   * @param name of its files
   * @param algorithm of its key, {@code EC} or {@code RSA}, say
   */
  public static TestCertificate create(Path folder, String name, String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    return create(folder, name, algorithm, "dns:localhost,ip:127.0.0.1");
  }

  /**
   * Makes one for others.
   *
   * @param names of the server, as keytool has them
   */
  public static TestCertificate create(Path folder, String name, String algorithm, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=" + names,
                "-validity",
                "9",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    char[] password = PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance(file.toFile(), password);
    return new TestCertificate(
        pem(folder.resolve(name + ".crt"), "CERTIFICATE", store.getCertificate("a").getEncoded()),
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", store.getKey("a", password).getEncoded()),
        store);
  }

  /** TLS for a client that trusts this certificate alone. */
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", store.getCertificate("a"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** TLS for a server that has this certificate. */
  public SSLContext serving() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Writes a file of PEM. */
  public static Path pem(Path file, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
