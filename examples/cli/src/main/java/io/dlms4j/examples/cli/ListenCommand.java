package io.dlms4j.examples.cli;

import io.dlms4j.client.push.PushListener;
import io.dlms4j.client.push.PushListenerBuilder;
import io.dlms4j.client.push.PushRefusal;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.hdlc.HdlcUnnumberedConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Listens to meters that push. */
@Command(
    name = "listen",
    description =
        "Listens to meters that push, prints each notification, and confirms those that ask for"
            + " it; until it is stopped.")
final class ListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--tcp",
      paramLabel = "PORT",
      description = "TCP port for the COSEM wrapper; 0 lets the system choose one.")
  private @Nullable Integer tcpPort;

  @Option(
      names = "--udp",
      paramLabel = "PORT",
      description = "UDP port for the COSEM wrapper; 0 lets the system choose one.")
  private @Nullable Integer udpPort;

  @Option(
      names = "--hdlc",
      paramLabel = "PORT",
      description = "TCP port for HDLC UI frames; 0 lets the system choose one.")
  private @Nullable Integer hdlcPort;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Interface to listen on; by default ${DEFAULT-VALUE}, this machine only; 0.0.0.0 is all.")
  private String bind = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after so many notifications; by default never.")
  private @Nullable Integer count;

  @Option(names = "--json", description = "Prints each notification as a line of JSON.")
  private boolean json;

  @Mixin private SecurityOptions security = new SecurityOptions();

  private final CountDownLatch done = new CountDownLatch(1);
  private int printed;

  @Override
  public Integer call() throws InterruptedException {
    Integer most = count;
    if (most != null && most < 1) {
      throw new ParameterException(spec.commandLine(), "--count is not 1 or more");
    }
    PushListenerBuilder builder = PushListener.builder();
    List<String> schemes = ports(builder);
    builder.onNotification(this::print).onRefused(this::print);
    SecurityParameters parameters = security.parse(false);
    try (OpenCounters counters = parameters.openCounters()) {
      secure(builder, parameters, counters);
      try (PushListener listener = builder.start()) {
        synchronized (this) {
          PrintWriter out = spec.commandLine().getOut();
          for (int i = 0; i < schemes.size(); i++) {
            InetSocketAddress address = listener.addresses().get(i);
            out.println(
                "listens on "
                    + schemes.get(i)
                    + "://"
                    + address.getAddress().getHostAddress()
                    + ":"
                    + address.getPort());
          }
          out.flush();
        }
        done.await();
      }
    }
    return 0;
  }

  private List<String> ports(PushListenerBuilder builder) {
    List<String> schemes = new ArrayList<>();
    if (tcpPort != null) {
      builder.tcp(address("--tcp", tcpPort));
      schemes.add("wrapper+tcp");
    }
    if (udpPort != null) {
      builder.udp(address("--udp", udpPort));
      schemes.add("wrapper+udp");
    }
    if (hdlcPort != null) {
      builder.hdlc(address("--hdlc", hdlcPort), HdlcUnnumberedConfig.DEFAULT);
      schemes.add("hdlc+tcp");
    }
    if (schemes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "a listener needs a place: --tcp, --udp or --hdlc");
    }
    return schemes;
  }

  private void secure(
      PushListenerBuilder builder, SecurityParameters parameters, OpenCounters counters) {
    SystemTitle own = parameters.own();
    KeyProvider keys = parameters.keys();
    if (security.isClientsChoice() || (parameters.isSecured() && !parameters.isCiphered())) {
      throw new ParameterException(
          spec.commandLine(),
          "a listener has no association of its own: of the options of security, --mechanism,"
              + " --cipher-with and --frame-counter say nothing to it");
    }
    if (!parameters.isCiphered() || own == null || keys == null) {
      return;
    }
    try {
      builder.security(own, keys, counters).least(parameters.protection());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** On the threads of the lines; what is printed here is confirmed. */
  private synchronized void print(ReceivedNotification notification) {
    Integer most = count;
    if (most != null && printed >= most) {
      // It has come too late to be printed: unless it is confirmed, the meter sends it again.
      throw new CommandException("no more than " + most + " notifications are taken");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JsonText.line(NotificationText.plain(notification))
            : NotificationText.of(notification));
    out.flush();
    printed++;
    if (most != null && printed >= most) {
      done.countDown();
    }
  }

  private synchronized void print(PushRefusal refusal) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "dlms: refused what came from "
            + NotificationText.source(refusal.source())
            + ": "
            + refusal.cause().getMessage());
    err.flush();
  }

  private InetSocketAddress address(String option, int port) {
    if (port < 0 || port > 0xFFFF) {
      throw new ParameterException(spec.commandLine(), option + " is not within 0..65535");
    }
    return new InetSocketAddress(bind, port);
  }
}
