package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The versions that {@code docs/compatibility.md} names, beside those that the build takes. */
class CompatibilityPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (?:`([\\w.]+:\\w+)`[^|]*|(OpenVINO)) \\| (\\S+) \\| (\\S+) \\|$");

  /** Rows of the page whose version is not in a property of the artefact's name. */
  private static final Map<String, String> NAMES =
      Map.of(
          "com.microsoft.onnxruntime:onnxruntime",
          "onnxruntime.native.version",
          "OpenVINO",
          "openvino.version");

  private static Map<String, String> byDefault;
  private static Map<String, String> byProfile;
  private static String page;

  @BeforeAll
  static void read() throws Exception {
    byDefault = properties("/project/properties/*");
    byProfile = properties("/project/profiles/profile[id='jetpack6']/properties/*");
    page = Page.read("docs/compatibility.md").text();
  }

  private static Map<String, String> properties(String path) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Page.root().resolve("pom.xml").toFile());
    XPath xpath = XPathFactory.newInstance().newXPath();
    NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    Map<String, String> found = new TreeMap<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.put(nodes.item(i).getNodeName(), nodes.item(i).getTextContent());
    }
    return found;
  }

  @Test
  void shouldNameTheVersionsOfBothLines() {
    Map<String, String> named = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(page);
    while (rows.find()) {
      String artefact = rows.group(1) == null ? rows.group(2) : rows.group(1);
      String property =
          NAMES.getOrDefault(artefact, artefact.substring(artefact.indexOf(':') + 1) + ".version");
      String version = byDefault.get(property);
      assertThat(rows.group(3)).as(property).isEqualTo(version);
      assertThat(rows.group(4)).as(property).isEqualTo(byProfile.getOrDefault(property, version));
      named.put(property, version);
    }
    Set<String> expected = new TreeSet<>(byProfile.keySet());
    expected.addAll(NAMES.values());
    assertThat(named.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldHaveOneReleaseOfJavaCppInAllOfALine() {
    for (Map<String, String> line : Set.of(byProfile, byDefault)) {
      String javacpp = line.get("javacpp.version");
      for (String property : byProfile.keySet()) {
        assertThat(line.get(property)).as(property).endsWith(javacpp);
      }
    }
  }

  @Test
  void shouldNameWhatElseItSpeaksOf() {
    assertThat(page)
        .contains("`libonnxruntime.so` " + byDefault.get("onnxruntime.native.version"))
        .contains("OpenVINO " + byDefault.get("openvino.version") + ", Arm64")
        .contains("Microsoft's " + byDefault.get("onnxruntime.gpu.version") + " for GPUs")
        .contains(byDefault.get("openvino.version") + " and " + byDefault.get("openvino.other"));
  }
}
