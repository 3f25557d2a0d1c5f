package io.dlms4j.benchmarks.load;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.TransportLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own: it says its port, and its heap for every line that it gets. */
final class ServerProcess implements AutoCloseable {
  private final @Nullable Process process;
  private final int port;

  private ServerProcess(@Nullable Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** No process: the server is in this one. */
  static ServerProcess none() {
    return new ServerProcess(null, 0);
  }

  /** Starts one: {@code hdlc}, {@code wrapper}, or {@code echo:octets:octets}. */
  static ServerProcess start(String what, int connections) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                what,
                String.valueOf(connections))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ServerProcess(process, Integer.parseInt(answer(process)));
  }

  private static String answer(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the server's process has ended");
    }
    return line;
  }

  int port() {
    return port;
  }

  /** Octets of heap that are in use there. */
  long heap() throws IOException {
    Process running = process;
    if (running == null) {
      return 0;
    }
    BufferedWriter ask = running.outputWriter(StandardCharsets.US_ASCII);
    ask.write("heap\n");
    ask.flush();
    return Long.parseLong(answer(running));
  }

  @Override
  public void close() throws IOException {
    Process running = process;
    if (running != null) {
      running.getOutputStream().close();
      try {
        running.onExit().get(20, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        running.destroyForcibly();
      }
    }
  }

  /**
   * The process.
   *
   * @param args what it is, and for how many connections
   */
  public static void main(String[] args) throws Exception {
    int connections = Integer.parseInt(args[1]);
    if (args[0].startsWith("echo:")) {
      String[] lengths = args[0].split(":", 3);
      EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
      Exchange exchange = new Exchange(Integer.parseInt(lengths[1]), Integer.parseInt(lengths[2]));
      serve(ManyAssociations.portOf(Echo.serve(group, exchange)));
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
      return;
    }
    try (TransportLoop loop = TransportLoop.create(1);
        DlmsServer server = new Meter(args[0].equals("hdlc")).serve(loop, connections)) {
      serve(server.addresses().get(0).getPort());
    }
  }

  private static void serve(int port) throws IOException {
    BufferedWriter out =
        new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    say(out, port);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(out, Heap.used());
    }
  }

  private static void say(BufferedWriter out, long number) throws IOException {
    out.write(number + "\n");
    out.flush();
  }
}
