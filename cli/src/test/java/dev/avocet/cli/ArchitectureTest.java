package dev.avocet.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module may know which: the table of the design, section 2. */
@Tag("engineless")
class ArchitectureTest {
  private static final String[] FOREIGN = {
    "org.bytedeco..", "org.opencv..", "ai.onnxruntime..", "java.awt..", "javax.imageio.."
  };

  /** Everything but the command, its conformance runner and the engines. */
  private static final String[] LAYERS = {
    "dev.avocet",
    "dev.avocet.core..",
    "dev.avocet.preprocess..",
    "dev.avocet.postprocess..",
    "dev.avocet.media..",
    "dev.avocet.jetson..",
    "dev.avocet.pipeline..",
    "dev.avocet.track..",
    "dev.avocet.metrics..",
    "dev.avocet.camera.."
  };

  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.avocet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.avocet.core..        |",
        "dev.avocet.preprocess..  | dev.avocet.core..",
        "dev.avocet.postprocess.. | dev.avocet.core..",
        "dev.avocet.net..         | dev.avocet.core..",
        "dev.avocet.media..       | dev.avocet.core..",
        "dev.avocet.jetson..      | dev.avocet.core.. dev.avocet.media..",
        "dev.avocet.pipeline..    | dev.avocet dev.avocet.core.. dev.avocet.preprocess.."
            + " dev.avocet.postprocess.. dev.avocet.track..",
        "dev.avocet.track..       | dev.avocet dev.avocet.core..",
        "dev.avocet               | dev.avocet.core.. dev.avocet.pipeline.. dev.avocet.preprocess.."
            + " dev.avocet.postprocess.. dev.avocet.track..",
        "dev.avocet.metrics..     | dev.avocet dev.avocet.core..",
        "dev.avocet.camera..      | dev.avocet dev.avocet.core.. dev.avocet.media.."
            + " dev.avocet.metrics.. dev.avocet.track..",
        "dev.avocet.conformance.. | dev.avocet dev.avocet.core.. dev.avocet.preprocess.."
            + " dev.avocet.track..",
      })
  void shouldKnowOnlyTheLayersAbove(String layer, String known) {
    String[] allowed = known == null ? new String[0] : known.split(" ", -1);
    DescribedPredicate<JavaClass> others =
        resideInAPackage("dev.avocet..")
            .and(DescribedPredicate.not(resideInAPackage(layer)))
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    noClasses().that().resideInAPackage(layer).should().dependOnClassesThat(are(others)).check(all);
  }

  @Test
  void shouldReachEnginesOnlyThroughTheSpi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.avocet.net..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.avocet.net..", "ai.onnxruntime..", "org.bytedeco.onnxruntime..")
        .check(all);
  }

  @Test
  void shouldKeepForeignTypesOutOfPublicSignatures() {
    ArchRule rule =
        methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(LAYERS)
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("..internal..")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .arePublic()
            .should(mentionNoForeignType());
    rule.check(all);
  }

  private static ArchCondition<JavaMethod> mentionNoForeignType() {
    DescribedPredicate<JavaClass> foreign = resideInAnyPackage(FOREIGN);
    return new ArchCondition<>("mention no type of OpenCV, JavaCPP, an engine or AWT") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .filter(foreign)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type.getName())));
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "dev.avocet.preprocess.internal..,dev.avocet.preprocess..",
    "dev.avocet.postprocess.internal..,dev.avocet.postprocess..",
    "dev.avocet.media.internal..,dev.avocet.media..",
  })
  void shouldKeepInternalPackagesToTheirModule(String internal, String module) {
    noClasses()
        .that()
        .resideOutsideOfPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(internal)
        .check(all);
  }

  @Test
  void shouldUseThePipelinesInternalsInTheHandlesOnly() {
    classes()
        .that()
        .resideInAPackage("dev.avocet.pipeline.internal..")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("dev.avocet", "dev.avocet.pipeline..")
        .check(all);
  }

  /** It is an example: what it does, any application can do. */
  @Test
  void shouldBuildTheCameraDemoOnThePublicApiOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.avocet.camera..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.avocet..internal..", "org.bytedeco..")
        .check(all);
  }

  /** And from what runs the tests on a GPU elsewhere, which no application has. */
  @Test
  void shouldPrintFromTheCommandOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.avocet.cli..", "dev.avocet.testing..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }
}
