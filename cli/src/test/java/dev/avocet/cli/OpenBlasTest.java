package dev.avocet.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.avocet.core.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proof of docs/footprint.md that nothing needs the OpenBLAS that OpenCV names as needed. */
@Tag("engineless")
class OpenBlasTest {
  /** What libopencv_core wants of OpenBLAS. */
  private static final List<String> FUNCTIONS =
      List.of(
          "cblas_cgemm",
          "cblas_dgemm",
          "cblas_sgemm",
          "cblas_zgemm",
          "dgels_",
          "dgeqrf_",
          "dgesdd_",
          "dgesv_",
          "dgetrf_",
          "dposv_",
          "dpotrf_",
          "sgels_",
          "sgeqrf_",
          "sgesdd_",
          "sgesv_",
          "sgetrf_",
          "sposv_",
          "spotrf_");

  /** Names of BLAS and LAPACK: a letter for the type, four or five for the operation. */
  private static final Pattern LINEAR_ALGEBRA =
      Pattern.compile("cblas_.*|LAPACKE_.*|[sdcz][a-z]{3,6}\\d?_");

  /** What reaches them with matrices whose size the caller chooses; in bytedeco's names. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "gemm|mulTransposed|solve|invert|inv|determinant|calcCovarMatrix|PCA.*|SVD.*|LDA.*"
              + "|LU|LU32f|LU64f|Cholesky.*|QR32f|QR64f|gemm(32|64)fc?|fitEllipse.*"
              + "|cv(GEMM|MulTransposed|Solve|Invert|Det|SVD|CalcCovarMatrix|.*PCA|FitEllipse2)");

  /** Where matrix expressions are evaluated behind operators. */
  private static final Set<String> FORBIDDEN_TYPES = Set.of("MatExpr", "PCA", "SVD", "LDA");

  private static Path natives;

  @BeforeAll
  static void load() {
    Image.read(Path.of(Cli.picture(1))).close();
    natives = Path.of(Loader.load(opencv_imgcodecs.class)).getParent();
  }

  private static Set<String> linearAlgebra(Set<String> names) {
    Set<String> found = new TreeSet<>(names);
    found.removeIf(name -> !LINEAR_ALGEBRA.matcher(name).matches());
    return found;
  }

  @Test
  void shouldBeWantedByTheCoreAloneAndOnlyWhenCalled() throws IOException {
    try (Stream<Path> files = Files.list(natives)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*libopencv_.*\\.so\\.\\d+")).toList()) {
        ElfFile library = new ElfFile(file);
        boolean core = file.toString().contains("libopencv_core");
        assertThat(linearAlgebra(library.boundWhenCalled()))
            .as(file.toString())
            .containsExactlyElementsOf(core ? FUNCTIONS : List.of());
        assertThat(linearAlgebra(library.boundAtOnce())).as(file.toString()).isEmpty();
        assertThat(library.bindsNow()).as(file.toString()).isFalse();
      }
    }
    assertThat(natives.resolve("libopencv_core.so.413")).exists();
  }

  @Test
  void shouldBeReachedByNothingThatOurClassesCall() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.avocet");
    DescribedPredicate<JavaAccess<?>> reachesOpenBlas =
        DescribedPredicate.describe(
            "reaches OpenBLAS",
            access ->
                access.getTargetOwner().getPackageName().startsWith("org.bytedeco.opencv")
                    && (FORBIDDEN.matcher(access.getTarget().getName()).matches()
                        || FORBIDDEN_TYPES.contains(access.getTargetOwner().getSimpleName())));
    noClasses().should().accessTargetWhere(reachesOpenBlas).check(ours);
    DescribedPredicate<JavaClass> evaluates =
        DescribedPredicate.describe(
            "evaluate matrix expressions",
            type ->
                type.getPackageName().startsWith("org.bytedeco.opencv")
                    && FORBIDDEN_TYPES.contains(type.getSimpleName()));
    noClasses().should().dependOnClassesThat(evaluates).check(ours);
  }

  @Test
  void shouldNotBeMappedButForItsEmptyStandIn() throws IOException {
    List<Path> mapped =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .filter(file -> file.contains("openblas") || file.contains("gfortran"))
            .distinct()
            .map(Path::of)
            .toList();
    assertThat(mapped).isNotEmpty();
    for (Path file : mapped) {
      assertThat(Files.size(file)).as(file.toString()).isLessThan(1024);
    }
  }
}
