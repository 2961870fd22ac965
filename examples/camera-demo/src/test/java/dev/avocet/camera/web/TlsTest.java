package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.camera.config.ServerConfig;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir static Path folder;

  private static Pair ec;
  private static Pair otherEc;
  private static Pair rsa;

  @BeforeAll
  static void makePairs() throws Exception {
    ec = pair("ec", "EC");
    otherEc = pair("other", "EC");
    rsa = pair("rsa", "RSA");
  }

  /** A certificate for localhost, signed by itself. */
  private record Pair(Path certificate, Path key, KeyStore store) {}

  private static Pair pair(String name, String algorithm) throws Exception {
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
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "9",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "password")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Certificate certificate = store.getCertificate("a");
    return new Pair(
        pem(name + ".crt", "CERTIFICATE", certificate.getEncoded()),
        pem(name + ".key", "PRIVATE KEY", store.getKey("a", PASSWORD).getEncoded()),
        store);
  }

  private static Path pem(String name, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  private static ServerConfig config(Path certificate, Path key) {
    return new ServerConfig(
        "127.0.0.1",
        0,
        Optional.empty(),
        List.of(),
        Optional.ofNullable(certificate).map(Path::toString),
        Optional.ofNullable(key).map(Path::toString));
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
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

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldServeOverTls(String algorithm) throws Exception {
    Pair pair = algorithm.equals("EC") ? ec : rsa;
    ServerConfig config = config(pair.certificate(), pair.key());
    try (ServedCamera camera = new ServedCamera(config, Limits.DEFAULT, Optional.empty())) {
      URI address = camera.server.address();
      assertThat(address.getScheme()).isEqualTo("https");
      SSLContext context = trusting(pair.store());
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      for (String host : List.of("127.0.0.1", "localhost")) {
        URI uri = URI.create("https://" + host + ":" + address.getPort() + "/health");
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(uri).header("Origin", address(uri)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      }
      assertThat(protocol(context, address, "TLSv1.2")).isEqualTo("TLSv1.2");
      assertThatThrownBy(() -> protocol(context, address, "TLSv1.1"))
          .isInstanceOf(SSLHandshakeException.class);
      // Plain HTTP at this port, and bytes that are neither.
      assertThat(camera.raw("GET / HTTP/1.1", "Host: 127.0.0.1")).doesNotContain("200 OK");
      assertThat(protocol(context, address, "TLSv1.2")).isEqualTo("TLSv1.2");
    }
  }

  private static String address(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static String protocol(SSLContext context, URI address, String version)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws Exception {
    Path none = folder.resolve("none.pem");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nx\n");
    Path old = pem("old.key", "RSA PRIVATE KEY", new byte[] {1});
    Path locked = pem("locked.key", "ENCRYPTED PRIVATE KEY", new byte[] {1});
    Path broken = pem("broken.key", "PRIVATE KEY", new byte[] {1});
    refuses(ec.certificate(), null, "TLS needs both certificate and key");
    refuses(none, ec.key(), "server.certificate=" + none + " cannot be read");
    refuses(empty, ec.key(), "holds no X.509 certificates in PEM");
    refuses(text, ec.key(), "holds no X.509 certificates in PEM");
    refuses(ec.key(), ec.key(), "holds no X.509 certificates in PEM");
    refuses(ec.certificate(), none, "server.key=" + none + " cannot be read");
    refuses(ec.certificate(), empty, "holds no private key in PEM (PKCS#8)");
    refuses(ec.certificate(), old, "is of an older form (PKCS#1 or SEC1); convert it by: openssl");
    refuses(ec.certificate(), locked, "is encrypted; convert it by: openssl");
    refuses(ec.certificate(), broken, "is no EC key, as the certificate has");
    refuses(ec.certificate(), rsa.key(), "is no EC key, as the certificate has");
    refuses(ec.certificate(), otherEc.key(), "is not the key of server.certificate=");
  }

  private static void refuses(Path certificate, Path key, String words) {
    assertThatThrownBy(() -> TlsFiles.read(config(certificate, key)))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessageContaining(words);
  }

  @Test
  void shouldReadAChain() throws Exception {
    Path chain = folder.resolve("chain.pem");
    Files.writeString(
        chain, Files.readString(ec.certificate()) + Files.readString(rsa.certificate()));
    assertThat(TlsFiles.read(config(chain, ec.key()))).isPresent();
    assertThat(TlsFiles.read(config(null, null))).isEmpty();
  }
}
