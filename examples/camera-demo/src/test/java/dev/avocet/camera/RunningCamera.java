package dev.avocet.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, started with the options of {@code avocet camera}. */
public final class RunningCamera implements AutoCloseable {
  private static final Pattern STARTED =
      Pattern.compile("the page is at (\\S+), its token is (\\S+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Process process;
  private final Path log;
  private final URI address;

  /** Starts it and waits for its page. */
  public RunningCamera(Path config, Path log) throws IOException, InterruptedException {
    List<String> java =
        OtherJvm.command(
            List.of("-Dorg.slf4j.simpleLogger.log.dev.avocet.camera=info"),
            Main.class,
            config.toString());
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "bash",
            "-c",
            ". \"$1/tools/launch.sh\"; java_options 17 camera; java=$2; shift 2;"
                + " exec \"$java\" \"${options[@]}\" \"$@\"",
            "start",
            System.getProperty("avocet.root")));
    command.addAll(java);
    this.log = log;
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Matcher started = STARTED.matcher("");
    Application.await(
        "the page is there",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it has ended: " + log());
          }
          return started.reset(log()).find();
        });
    address = URI.create(started.group(1));
  }

  /** What it wrote so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Where the page is. */
  public URI address() {
    return address;
  }

  /** An answer of the page's server. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return mapper.readTree(answer.body());
  }

  /** Resident memory in bytes. */
  public long resident() throws IOException {
    return 1024 * status("VmRSS");
  }

  /** Threads of the process, those of native libraries included. */
  public long threads() throws IOException {
    return status("Threads");
  }

  private long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Sends SIGTERM and waits for the end. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended 15 s after SIGTERM: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
