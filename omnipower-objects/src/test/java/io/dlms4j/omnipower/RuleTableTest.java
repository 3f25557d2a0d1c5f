package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of rules in the module's README says what the tests say. */
class RuleTableTest {
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+-\\d\\d) \\|.*\\| proved \\|");
  private static final Pattern TEST = Pattern.compile("([a-z]+)(\\d\\d)[A-Z].*");
  private static final List<String> GROUPS =
      List.of(
          "reg", "nf", "calc", "peak", "tar", "clk", "log", "lp", "deb", "ana", "evt", "pq", "ct",
          "link", "disc");

  @Test
  void everyRuleThatTheReadmeCallsProvedHasATestOfItsNumberAndTheOtherWayRound()
      throws IOException, URISyntaxException {
    Set<String> told = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        told.add(row.group(1));
      }
    }
    assertTrue(told.size() > 50, told.toString());
    assertEquals(tested(), told);
  }

  private static Set<String> tested() throws IOException, URISyntaxException {
    Path root =
        Path.of(RuleTableTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> tested = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .map(each -> root.relativize(each).toString())
          .filter(each -> each.endsWith(".class") && each.startsWith("io"))
          .map(each -> each.substring(0, each.length() - ".class".length()).replace('/', '.'))
          .flatMap(each -> Stream.of(load(each).getDeclaredMethods()))
          .filter(RuleTableTest::isTest)
          .map(each -> TEST.matcher(each.getName()))
          .filter(each -> each.matches() && GROUPS.contains(each.group(1)))
          .forEach(
              each -> tested.add(each.group(1).toUpperCase(Locale.ROOT) + "-" + each.group(2)));
    }
    return tested;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RuleTableTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(Property.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}
