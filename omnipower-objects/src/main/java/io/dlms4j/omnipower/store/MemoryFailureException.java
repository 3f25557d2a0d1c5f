package io.dlms4j.omnipower.store;

import java.nio.file.Path;

/**
 * The files of a permanent memory cannot be read or written: the disk is full, the directory is in
 * use, or what is in it was not written by this library. A meter whose memory fails while it runs
 * answers nothing more, for it would tell of what is not kept; opened again, it goes on from the
 * last second that was.
 */
public final class MemoryFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  MemoryFailureException(Path file, String how) {
    super(file + ": " + how);
    this.file = file;
  }

  MemoryFailureException(Path file, Throwable cause) {
    super(file + ": " + cause, cause);
    this.file = file;
  }

  /**
   * Which file.
   *
   * @return a file or a directory
   */
  public Path file() {
    return file;
  }
}
