package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineRecorder.Direction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The recorder of one line, kept from doing harm to it. Used on the line's thread. */
final class RecordedLine {
  private static final Logger LOGGER = System.getLogger(LineRecorder.class.getName());

  private final @Nullable Recording recording;
  private final boolean client;
  private final boolean datagrams;
  private @Nullable LineRecorder recorder;

  RecordedLine(@Nullable Recording recording, boolean client, boolean datagrams) {
    this.recording = recording;
    this.client = client;
    this.datagrams = datagrams;
  }

  void begin(SocketAddress local, SocketAddress remote) {
    if (recording == null) {
      return;
    }
    try {
      recorder = recording.recorders().apply(new LineEnds(client, datagrams, local, remote));
    } catch (RuntimeException | Error e) {
      detach(e);
    }
  }

  void sent(Payload octets) {
    record(Direction.SENT, octets);
  }

  void received(byte[] octets, int offset, int length) {
    if (recorder != null) {
      record(Direction.RECEIVED, Payload.of(octets, offset, length));
    }
  }

  private void record(Direction direction, Payload octets) {
    if (recording == null || recorder == null) {
      return;
    }
    try {
      recorder.record(direction, recording.time().instant(), octets);
    } catch (RuntimeException | Error e) {
      detach(e);
    }
  }

  private void detach(Throwable thrown) {
    recorder = null;
    LOGGER.log(Level.WARNING, "a line is recorded no more, for its recorder failed", thrown);
  }

  void end() {
    recorder = null;
  }
}
