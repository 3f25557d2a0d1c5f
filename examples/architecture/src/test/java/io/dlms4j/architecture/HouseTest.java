package io.dlms4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.dlms4j.cosem.ObisCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house: which module may know which, and what stays out of it. */
class HouseTest {
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("io/dlms4j/architecture"))
          .importPackages("io.dlms4j");

  private static final String[] AXDR = {"io.dlms4j.axdr..", "io.dlms4j.ber.."};
  private static final String[] HDLC = {
    "io.dlms4j.link..",
    "io.dlms4j.hdlc..",
    "io.dlms4j.wrapper..",
    "io.dlms4j.iec21..",
    "io.dlms4j.transport.."
  };
  private static final String[] COSEM = {"io.dlms4j.cosem.."};
  private static final String[] CLIENT = {"io.dlms4j.client.."};
  private static final String[] SERVER = {"io.dlms4j.server.."};
  private static final String[] OMNIPOWER = {"io.dlms4j.omnipower.."};
  private static final String[] PLATFORM = {"java..", "org.jspecify.."};

  /** What is pure: no clock, no thread, no line. */
  private static final String[] PURE = {
    "io.dlms4j.axdr..",
    "io.dlms4j.ber..",
    "io.dlms4j.link..",
    "io.dlms4j.hdlc..",
    "io.dlms4j.wrapper..",
    "io.dlms4j.iec21..",
    "io.dlms4j.cosem..",
    "io.dlms4j.omnipower.engine..",
    "io.dlms4j.omnipower.backend.."
  };

  private static String[] join(String[]... parts) {
    return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
  }

  private static void holds(ArchRule rule) {
    // An empty set proves nothing: such a rule fails.
    rule.allowEmptyShould(false).check(LIBRARY);
  }

  @TestFactory
  Stream<DynamicTest> everyModuleKnowsOnlyWhatTheArrowsAllow() {
    Map<String, String[][]> arrows =
        Map.of(
            "dlms-axdr", new String[][] {AXDR, PLATFORM},
            "dlms-hdlc",
                new String[][] {
                  HDLC, join(PLATFORM, new String[] {"io.netty..", "com.fazecast.jSerialComm.."})
                },
            "dlms-cosem",
                new String[][] {
                  COSEM,
                  join(
                      AXDR,
                      PLATFORM,
                      new String[] {"javax.crypto..", "javax.security..", "org.bouncycastle.."})
                },
            "dlms-client",
                new String[][] {
                  CLIENT, join(AXDR, COSEM, HDLC, PLATFORM, new String[] {"org.slf4j.."})
                },
            "dlms-server",
                new String[][] {
                  SERVER,
                  join(AXDR, COSEM, HDLC, PLATFORM, new String[] {"org.slf4j..", "tools.jackson.."})
                },
            "omnipower-objects", new String[][] {OMNIPOWER, join(AXDR, COSEM, SERVER, PLATFORM)});
    return arrows.entrySet().stream()
        .map(
            arrow ->
                DynamicTest.dynamicTest(
                    arrow.getKey(),
                    () ->
                        holds(
                            classes()
                                .that()
                                .resideInAnyPackage(arrow.getValue()[0])
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                    join(arrow.getValue()[0], arrow.getValue()[1])))));
  }

  @Test
  void everyClassOfTheLibraryBelongsToAModule() {
    holds(
        classes().should().resideInAnyPackage(join(AXDR, HDLC, COSEM, CLIENT, SERVER, OMNIPOWER)));
  }

  @Test
  void nettyStaysInTransport() {
    holds(
        noClasses()
            .that(not(resideInAnyPackage("io.dlms4j.transport..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.."));
  }

  @Test
  void ciphersStayInSecurity() {
    holds(
        noClasses()
            .that(not(resideInAnyPackage("io.dlms4j.cosem.security..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.crypto..", "org.bouncycastle.."));
  }

  @Test
  void jsonStaysInDescriptions() {
    holds(
        noClasses()
            .that(not(resideInAnyPackage("io.dlms4j.server.description..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson.."));
  }

  @Test
  void serialPortsStayInTransport() {
    holds(
        noClasses()
            .that(not(resideInAnyPackage("io.dlms4j.transport..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fazecast.."));
  }

  @Test
  void noPackageIsPartOfACycle() {
    holds(slices().matching("io.dlms4j.(**)").should().beFreeOfCycles());
  }

  @Test
  void whatIsPureAsksNoClockAndStartsNoThread() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random"));
  }

  @Test
  void noStaticFieldChanges() {
    holds(fields().that().areStatic().should().beFinal());
  }

  @Test
  void nothingThatIsBilledIsADouble() {
    // Samples and models of what is measured are no integers; what comes out of them is.
    holds(
        noFields()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(OMNIPOWER))
            .and()
            .areDeclaredInClassesThat(not(resideInAnyPackage("io.dlms4j.omnipower.measurement")))
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(float.class));
    holds(
        noFields()
            .that()
            .areDeclaredInClassesThat(simpleName("Measurement").or(simpleName("Phase")))
            .and()
            .areNotStatic()
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(float.class));
  }

  @Test
  void theVendorsObisCodesAreInTheCatalogueOnly() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(OMNIPOWER)
            .and()
            .resideOutsideOfPackage("io.dlms4j.omnipower.catalogue..")
            .should()
            .callMethod(ObisCode.class, "of", String.class)
            .orShould()
            .callConstructor(
                ObisCode.class, int.class, int.class, int.class, int.class, int.class, int.class));
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        LIBRARY.stream()
            .map(type -> type.getPackage())
            .filter(each -> each.tryGetAnnotationOfType(NullMarked.class).isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unmarked);
  }

  @Test
  void theRulesLookAtEveryModule() {
    for (String[] module : List.of(AXDR, HDLC, COSEM, CLIENT, SERVER, OMNIPOWER)) {
      assertFalse(LIBRARY.that(resideInAnyPackage(module)).isEmpty(), module[0]);
    }
  }
}
