package io.dlms4j.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.Main;

/** Runs the benchmarks; takes JMH's options. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs JMH.
   *
   * @param args JMH's command line
   * @throws IOException if JMH cannot write
   */
  public static void main(String[] args) throws IOException {
    Main.main(args);
  }
}
