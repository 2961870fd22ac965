package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.camera.TestCertificate;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsTest {
  @TempDir static Path folder;

  private static TestCertificate ec;
  private static TestCertificate otherEc;
  private static TestCertificate rsa;

  @BeforeAll
  static void makePairs() throws Exception {
    ec = TestCertificate.create(folder, "ec", "EC");
    otherEc = TestCertificate.create(folder, "other", "EC");
    rsa = TestCertificate.create(folder, "rsa", "RSA");
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

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldServeOverTls(String algorithm) throws Exception {
    TestCertificate pair = algorithm.equals("EC") ? ec : rsa;
    ServerConfig config = config(pair.certificate(), pair.key());
    try (ServedCamera camera = new ServedCamera(config, Limits.DEFAULT, Optional.empty())) {
      URI address = camera.server.address();
      assertThat(address.getScheme()).isEqualTo("https");
      SSLContext context = pair.trusting();
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
    Path old = TestCertificate.pem(folder.resolve("old.key"), "RSA PRIVATE KEY", new byte[] {1});
    Path locked =
        TestCertificate.pem(folder.resolve("locked.key"), "ENCRYPTED PRIVATE KEY", new byte[] {1});
    Path broken = TestCertificate.pem(folder.resolve("broken.key"), "PRIVATE KEY", new byte[] {1});
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
