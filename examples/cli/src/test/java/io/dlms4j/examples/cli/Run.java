package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of the tool, and what it printed. */
record Run(int exitCode, List<String> out, String err) {
  static Run dlms(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Dlms.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(args);
    return new Run(exitCode, out.toString().lines().toList(), err.toString());
  }

  static void assertFails(Run run, String... words) {
    assertNotEquals(0, run.exitCode);
    assertEquals(List.of(), run.out);
    for (String word : words) {
      assertTrue(run.err.contains(word), run.err);
    }
    assertFalse(run.err.contains("Exception"), run.err);
  }
}
