package io.dlms4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module descriptors, as they are in what is published. */
class ModulesTest {
  private static final List<String> MODULES =
      List.of(
          "io.dlms4j.axdr",
          "io.dlms4j.hdlc",
          "io.dlms4j.cosem",
          "io.dlms4j.client",
          "io.dlms4j.server",
          "io.dlms4j.omnipower");

  private static final ModuleFinder PATH =
      ModuleFinder.of(
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(Path::of)
              // Only what a user of the library has: not the tests of this module nor their tools.
              .filter(
                  each ->
                      each.toString()
                          .matches(".*(dlms-|omnipower-|netty-|slf4j-|bcprov-|jspecify).*"))
              .toArray(Path[]::new));

  private static ModuleDescriptor descriptor(String module) {
    return PATH.find(module).map(ModuleReference::descriptor).orElseThrow();
  }

  /** What the metering engine is made of is nobody else's. */
  private static final String CONCERNS = "io.dlms4j.omnipower.engine.";

  @Test
  void everyModuleResolvesOnTheModulePath() {
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(PATH, ModuleFinder.of(), MODULES);
    Set<String> resolved =
        configuration.modules().stream().map(each -> each.name()).collect(Collectors.toSet());
    assertTrue(resolved.containsAll(MODULES), () -> "" + resolved);
    for (String module : MODULES) {
      assertTrue(!descriptor(module).isAutomatic(), module);
    }
  }

  @Test
  void everyPackageButTheConcernsOfTheEngineIsExportedAndNothingIsOpen() {
    for (String module : MODULES) {
      ModuleDescriptor descriptor = descriptor(module);
      Set<String> exported =
          descriptor.exports().stream()
              .map(ModuleDescriptor.Exports::source)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> packages = new TreeSet<>(descriptor.packages());
      packages.removeIf(each -> each.startsWith(CONCERNS));
      assertEquals(packages, exported, module);
      assertTrue(descriptor.opens().isEmpty() && !descriptor.isOpen(), module);
    }
  }

  @Test
  void theCodecsNeedNothingAndTheLinksNeedNettyOnlyForTransport() {
    assertEquals(Set.of("java.base"), required("io.dlms4j.axdr"));
    assertEquals(Set.of("java.base"), required("io.dlms4j.hdlc"));
  }

  /** What must be there at run time. */
  private static Set<String> required(String module) {
    return descriptor(module).requires().stream()
        .filter(each -> !each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .map(ModuleDescriptor.Requires::name)
        .collect(Collectors.toSet());
  }
}
