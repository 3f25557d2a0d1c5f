package io.dlms4j.examples.cli;

import io.dlms4j.client.ProfileRow;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file that the rows of a profile are written to, one by one. */
interface ProfileFile extends Closeable {
  Path path();

  void add(ProfileRow row) throws IOException;

  /**
   * Ends the file, after the last row.
   *
   * @return what is in it, in a sentence
   */
  String finish() throws IOException;
}
