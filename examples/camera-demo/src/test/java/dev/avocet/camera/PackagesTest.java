package dev.avocet.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ConfigFile;
import dev.avocet.testing.SystemdUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application is run by on a box: systemd's unit, the container's recipe. */
class PackagesTest {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));
  private static final Path DEMO = ROOT.resolve("examples/camera-demo");
  private static final String UNIT = "systemd/avocet-camera.service";

  @TempDir Path folder;

  private static String text(String path) throws IOException {
    return Files.readString(DEMO.resolve(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"systemd/camera.json", "container/data/camera.json"})
  void shouldReadTheExampleConfigurations(String name) {
    CameraConfig config = ConfigFile.read(DEMO.resolve(name));
    assertThat(config.sources()).isNotEmpty();
    assertThat(config.model()).contains("/opt/avocet/models/parcels");
    assertThat(config.results().mqtt()).isPresent();
    assertThat(config.clips()).isPresent();
    // A token that everybody knows is none.
    assertThat(config.server().token()).isEmpty();
  }

  @Test
  void shouldKeepAllOfTheServiceInItsOwnFolder() throws IOException {
    CameraConfig config = ConfigFile.read(DEMO.resolve("systemd/camera.json"));
    assertThat(config.clips().orElseThrow().folder()).startsWith("/var/lib/avocet-camera/");
    assertThat(text(UNIT))
        .contains("--config %S/avocet-camera/camera.json")
        .contains("StateDirectory=avocet-camera", "StateDirectoryMode=0700", "UMask=0077")
        .contains("DynamicUser=yes", "NoNewPrivileges=yes", "SupplementaryGroups=video render")
        .contains("Restart=always", "StartLimitIntervalSec=0", "SuccessExitStatus=130 143")
        // Java compiles while it runs, the camera is a device, /proc has the machine's load.
        .doesNotContain("MemoryDenyWriteExecute=yes", "PrivateDevices=yes", "ProcSubset=pid");
  }

  @Test
  void shouldHoldForSystemd() throws IOException, InterruptedException {
    SystemdUnit.check(DEMO.resolve(UNIT), folder);
  }

  @Test
  void shouldPackTheArchiveThatIsBuiltIntoAnImageWithoutRoot() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    String recipe = text("container/Containerfile");
    assertThat(recipe)
        .contains(
            "ARG PLATFORM=linux-x86_64", "ARG AVOCET=avocet-" + version.group(1) + "-${PLATFORM}\n")
        .contains("ADD ${AVOCET}.tar.gz /\n", "sha256sum --check --quiet SHA256SUMS")
        .contains("\nUSER 10001:10001\n", "\nVOLUME /data\n", "GET /health HTTP/1.0")
        .doesNotContain(":latest", "apt-get", "curl");
    assertThat(recipe.indexOf("\nUSER ")).isLessThan(recipe.indexOf("\nENTRYPOINT "));
    assertThat(Files.readString(ROOT.resolve("dist/build"))).contains("name=avocet-$version-");
  }

  @Test
  void shouldLetTheServicesOfTheCompositionFindEachOther() throws IOException {
    CameraConfig config = ConfigFile.read(DEMO.resolve("container/data/camera.json"));
    String compose = text("container/compose.yaml");
    assertThat(compose).contains("\n  camera:\n", "\n  mosquitto:\n", "\n  prometheus:\n");
    assertThat(config.results().mqtt().orElseThrow().url()).isEqualTo("tcp://mosquitto:1883");
    // Who calls the server by a name that it does not know is refused.
    assertThat(text("container/prometheus.yml")).contains("targets: [\"camera:8080\"]");
    assertThat(config.server().names()).containsExactly("camera");
    assertThat(config.server().host()).isEqualTo("0.0.0.0");
    assertThat(text("container/grafana/datasource.yaml")).contains("url: http://prometheus:9090");
    // For this machine only.
    assertThat(compose.lines().filter(line -> line.strip().startsWith("ports:")))
        .hasSize(4)
        .allMatch(line -> line.contains("[\"127.0.0.1:"));
    Matcher mounted = Pattern.compile("- (\\.[^:]+):/").matcher(compose);
    while (mounted.find()) {
      assertThat(DEMO.resolve("container").resolve(mounted.group(1))).exists();
    }
  }
}
