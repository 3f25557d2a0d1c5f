package io.dlms4j.examples.cli;

import io.dlms4j.transport.HeaderDecoder;
import io.dlms4j.transport.HexLog;
import io.dlms4j.transport.PcapngWriter;
import io.dlms4j.transport.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes what goes over the lines: pcapng for Wireshark, or a readable log. */
final class RecordFile implements AutoCloseable {
  private static final String PCAPNG = ".pcapng";

  private final OutputStream file;
  private final Recording recording;

  private RecordFile(OutputStream file, Recording recording) {
    this.file = file;
    this.recording = recording;
  }

  /** Begins a file; its name says of which kind. */
  static RecordFile open(Path path, boolean wrapper) {
    try {
      OutputStream file = new BufferedOutputStream(Files.newOutputStream(path));
      if (path.toString().endsWith(PCAPNG)) {
        return new RecordFile(file, Recording.with(new PcapngWriter(file)::line));
      }
      Writer writer = new OutputStreamWriter(file, StandardCharsets.UTF_8);
      HeaderDecoder decoder = wrapper ? HeaderDecoder.wrapper() : HeaderDecoder.hdlc();
      return new RecordFile(file, Recording.with(new HexLog(writer, decoder)::line));
    } catch (IOException e) {
      throw new CommandException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  Recording recording() {
    return recording;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new CommandException("cannot end the recording: " + e.getMessage(), e);
    }
  }
}
