package io.dlms4j.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.server.DlmsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is code that runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path SOURCES = Path.of("src/main/java/io/dlms4j/examples/quickstart");

  @Test
  void theClientOfTheReadmeReadsTheServerOfTheReadme() {
    LocalDateTime start = LocalDateTime.of(2026, 1, 15, 0, 0);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (DlmsServer server = BeMeter.start(start, 0)) {
      ReadMeter.read(
          "127.0.0.1",
          server.addresses().get(0).getPort(),
          start.plusHours(23),
          start.plusDays(1),
          new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.get(0).matches("A\\+ \\d+ Wh"), lines.get(0));
    // 23:00, 23:15, 23:30, 23:45 and midnight, the last with what the register shows.
    assertEquals(1 + 5, lines.size());
    assertEquals(
        "2026-01-16 Fri 00:00:00 status 00  " + lines.get(0).substring("A+ ".length()),
        lines.get(5));
  }

  @Test
  void theReadmeShowsTheClientAsItIsCompiled() throws IOException {
    assertShown("ReadMeter.java", "// README client");
  }

  @Test
  void theReadmeShowsTheServerAsItIsCompiled() throws IOException {
    assertShown("BeMeter.java", "// README server");
  }

  private static void assertShown(String source, String mark) throws IOException {
    String code = Files.readString(SOURCES.resolve(source));
    int start = code.indexOf('\n', code.indexOf(mark)) + 1;
    String snippet = code.substring(start, code.indexOf("// README end", start)).stripTrailing();
    String shown = "```java\n" + snippet.stripIndent() + "\n```";
    assertTrue(Files.readString(README).contains(shown), "README.md does not show\n" + shown);
  }
}
