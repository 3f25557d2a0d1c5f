package io.dlms4j.server;

import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.link.Link;
import io.dlms4j.transport.Attachment;
import io.dlms4j.transport.BindOptions;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.SerialServer;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TcpServer;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.transport.UdpServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place where clients come in, and how they speak there. */
sealed interface ServerPort {
  /** A port that is open: where it listens, if on a network, and how to end that, and close it. */
  record Open(
      @Nullable InetSocketAddress address,
      Runnable stopListening,
      Supplier<CompletionStage<Void>> closing) {}

  /** A link for one line. */
  Link newLink(DeviceSet devices);

  /**
   * Checks that it can serve a device.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(DeviceSet there, PhysicalDevice device);

  /** Opens it; each line gets what is attached to it. */
  CompletionStage<Open> open(
      TransportLoop loop, Settings settings, Function<LineDriver, Attachment> attach);

  /** What holds for the lines of every port. */
  record Settings(BindOptions bindOptions) {
    @Nullable Recording recording() {
      return bindOptions.recording();
    }
  }

  /** TCP. */
  record Tcp(InetSocketAddress address, LinkProfile profile) implements ServerPort {
    @Override
    public Link newLink(DeviceSet devices) {
      return profile.newLink(devices);
    }

    @Override
    public void check(DeviceSet there, PhysicalDevice device) {
      profile.check(there, device);
    }

    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, Settings all, Function<LineDriver, Attachment> attach) {
      return TcpServer.bind(loop, address, all.bindOptions(), attach)
          .thenApply(
              server -> new Open(server.localAddress(), server::stopListening, server::close));
    }
  }

  /** UDP: a line for each client that sends datagrams. */
  record Udp(InetSocketAddress address, Wrapper wrapper) implements ServerPort {
    @Override
    public Link newLink(DeviceSet devices) {
      return wrapper.newDatagramLink(devices);
    }

    @Override
    public void check(DeviceSet there, PhysicalDevice device) {
      wrapper.check(there, device);
    }

    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, Settings all, Function<LineDriver, Attachment> attach) {
      BindOptions options = all.bindOptions().withIdleTimeout(UdpServer.DEFAULT_IDLE_TIMEOUT);
      return UdpServer.bind(loop, address, options, attach)
          .thenApply(server -> new Open(server.localAddress(), () -> {}, server::close));
    }
  }

  /** Lines in memory, from clients of the same process. */
  record Memory(MemoryPort port, LinkProfile profile) implements ServerPort {
    @Override
    public Link newLink(DeviceSet devices) {
      return profile.newLink(devices);
    }

    @Override
    public void check(DeviceSet there, PhysicalDevice device) {
      profile.check(there, device);
    }

    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, Settings all, Function<LineDriver, Attachment> attach) {
      try {
        port.listen(all.bindOptions(), attach);
      } catch (LineException e) {
        return CompletableFuture.failedStage(e);
      }
      return CompletableFuture.completedStage(new Open(null, () -> {}, port::close));
    }
  }

  /** A serial line, with HDLC at once or, with an opening, after mode E of IEC 62056-21. */
  record Serial(SerialSettings settings, @Nullable Iec21ServerConfig opening, LinkProfile hdlc)
      implements ServerPort {
    /** After this without a connection, a client has to sign on again. */
    private static final Duration UNCONNECTED = Duration.ofSeconds(20);

    @Override
    public Link newLink(DeviceSet devices) {
      return hdlc.newLink(devices);
    }

    @Override
    public void check(DeviceSet there, PhysicalDevice device) {
      hdlc.check(there, device);
    }

    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, Settings all, Function<LineDriver, Attachment> attach) {
      Recording recording = all.recording();
      SerialSettings recorded = recording == null ? settings : settings.withRecording(recording);
      CompletionStage<LineDriver> line =
          opening == null
              ? SerialServer.open(recorded, attach)
              : SerialServer.openModeE(recorded, opening, UNCONNECTED, attach);
      return line.thenApply(
          open ->
              new Open(
                  null,
                  () -> {},
                  () -> {
                    open.close();
                    return open.closed();
                  }));
    }
  }
}
