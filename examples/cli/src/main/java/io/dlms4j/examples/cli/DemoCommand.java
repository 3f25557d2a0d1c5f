package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.BlockingProfileReader;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.Data;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.OmnipowerAssociation;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterOrder;
import io.dlms4j.omnipower.configuration.SoftwareConfiguration;
import io.dlms4j.omnipower.configuration.TypeNumber;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.server.DlmsServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Both communication sessions of the vendor's DLMS description, chapter 4, with a software meter.
 */
@Command(
    name = "demo",
    description = "Starts a meter on this machine and reads it as the vendor's chapter 4 does.")
final class DemoCommand implements Callable<Integer> {
  private static final long METER_NUMBER = 12_345_679;
  private static final int PUBLIC_OBJECTS = 15;
  private static final LocalDate DAY = LocalDate.of(2013, 10, 25);
  private static final int DAYLIGHT_SAVING = 0x80;

  /** A row at every quarter of an hour, both midnights included. */
  private static final int ROWS = 24 * 4 + 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  private static final String TYPE_NUMBER = "6841138BN143002084";

  /** Time and status, before the energies. */
  private static final int FIRST_ENERGY = 4;

  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    EngineBackend backend = meterTwoDays(out);
    OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
    try (DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(0, meter.hdlc()).device(meter.device()).start()) {
      InetSocketAddress address = server.addresses().get(0);
      out.println("   listens on hdlc+tcp://127.0.0.1:" + address.getPort());
      readMeterNumber(out, address.getPort());
      readLoadProfile(out, address.getPort(), backend);
    }
    out.println();
    out.println("All of it happened.");
    return 0;
  }

  private static EngineBackend meterTwoDays(PrintWriter out) {
    MeterOrder order = MeterOrder.of(TypeNumber.parse(TYPE_NUMBER), SoftwareConfiguration.USUAL);
    // What the clock shows at midnight in summer is an hour more.
    LocalDateTime start = DAY.minusDays(1).atStartOfDay();
    long normal = start.minusHours(1).toEpochSecond(ZoneOffset.UTC);
    EngineBackend backend =
        new EngineBackend(
            new MeteringEngine(order.settings().build(), new PermanentMemory(), normal),
            MeterIdentity.builder().serialNumber(METER_NUMBER).typeNumber(TYPE_NUMBER).build());
    backend.setDaylightSavingEnabled(true);
    out.println("1. A meter that meters");
    out.println("   type number " + order.typeNumber().withHyphens());
    out.println("   three phases, voltage, current and angle of a synthetic household at 1 Hz");
    backend.run(new HouseholdSource(1), Duration.ofDays(3).toSeconds());
    MeterClock clock = backend.clock();
    out.println("   metered from " + start + " to " + clock.display(clock.normalTime()).dateTime());
    out.println("   A+ " + energy(backend) + " Wh");
    return backend;
  }

  private static long energy(EngineBackend backend) {
    return backend.read(CATALOGUE.entry("A14")).orElseThrow().integralValue();
  }

  private void readMeterNumber(PrintWriter out, int port) {
    out.println();
    out.println("2. Session 4.1: the meter number, public association, no security");
    try (BlockingDlmsClient client = connect(port, OmnipowerAssociation.PUBLIC)) {
      printContext(out, OmnipowerAssociation.PUBLIC, client.context());
      AttributeRef meterNumber =
          new AttributeRef(Data.CLASS.classId(), CATALOGUE.entry("MeterNo1").logicalName(), 2);
      long number = client.get(meterNumber).integralValue();
      out.println("   GET " + meterNumber + ": meter number " + number);
      require(number == METER_NUMBER, "the meter number is " + number);

      List<ObjectListElement> objects = client.associationView().objects();
      out.println("   association view: " + objects.size() + " objects");
      printObjects(out, objects);
      require(
          objects.size() == PUBLIC_OBJECTS,
          "the public association sees " + objects.size() + " objects");
    }
    out.println("   disconnected");
  }

  private void printObjects(PrintWriter out, List<ObjectListElement> objects) {
    Table table = new Table(List.of("class", "version", "logical name", "rights", "object"));
    for (ObjectListElement object : objects) {
      table.add(
          List.of(
              Integer.toString(object.classId()),
              Integer.toString(object.version()),
              object.logicalName().toString(),
              object.attributeAccess().stream()
                  .map(access -> access.attributeIndex() + ":" + access.accessMode())
                  .collect(Collectors.joining(" ")),
              CATALOGUE.find(object.logicalName()).map(CatalogueEntry::description).orElse("")));
    }
    table.print(out, "     ");
  }

  private static void readLoadProfile(PrintWriter out, int port, EngineBackend backend) {
    out.println();
    out.println("3. Session 4.2: the load profile of one day, low level security");
    try (BlockingDlmsClient client = connect(port, OmnipowerAssociation.PRIMARY_MODULE)) {
      printContext(out, OmnipowerAssociation.PRIMARY_MODULE, client.context());
      String logicalName = CATALOGUE.entry("Load Profile logger").logicalName().toString();
      CosemDateTime from = dateTime(DAY);
      CosemDateTime to = dateTime(DAY.plusDays(1));
      out.println("   GET 7:" + logicalName + ":2, selector 1, from " + from + " to " + to);
      BlockingProfileReader profile = client.profile(logicalName);
      Table table = new Table(new Profiles().header(profile.columns()));
      List<ProfileRow> rows = new ArrayList<>();
      long count =
          profile
              .between(from, to)
              .forEach(
                  row -> {
                    rows.add(row);
                    table.add(Profiles.cells(row));
                  });
      table.print(out, "     ");
      out.println("   " + count + " rows in blocks of whole rows");
      check(rows, backend);
    }
    out.println("   disconnected");
  }

  /**
   * What came over the wire is the day that was asked for, whole, in order, and from registers that
   * only grow.
   */
  private static void check(List<ProfileRow> rows, EngineBackend backend) {
    require(rows.size() == ROWS, "the day has " + rows.size() + " rows");
    int energy = FIRST_ENERGY;
    for (int i = 0; i < rows.size(); i++) {
      LocalDateTime due = DAY.atStartOfDay().plusMinutes(15L * i);
      CosemDateTime time = rows.get(i).dateTime(0);
      require(
          time.toLocalDateTime().filter(due::equals).isPresent(),
          "row " + (i + 1) + " is of " + time + ", not of " + due);
      for (int column = energy; i > 0 && column < rows.get(i).values().size(); column++) {
        require(
            rows.get(i).quantity(column).value().compareTo(rows.get(i - 1).quantity(column).value())
                >= 0,
            "a register runs backwards at " + time);
      }
    }
    long last = rows.get(rows.size() - 1).values().get(energy).integralValue();
    long first = rows.get(0).values().get(energy).integralValue();
    require(last > first && last <= energy(backend), "A+ goes from " + first + " to " + last);
  }

  private static BlockingDlmsClient connect(int port, OmnipowerAssociation association) {
    DlmsClientBuilder builder =
        DlmsClient.tcp("127.0.0.1", port)
            .hdlc(HdlcAddress.logical(association.serverSap()), association.clientSap());
    if (association != OmnipowerAssociation.PUBLIC) {
      builder.lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD);
    }
    return builder.connect().blocking();
  }

  private static void printContext(
      PrintWriter out, OmnipowerAssociation association, NegotiatedContext context) {
    out.println(
        "   connected: client " + association.clientSap() + ", server " + association.serverSap());
    out.println(
        "   associated: "
            + context.conformance().stream()
                .sorted()
                .map(Object::toString)
                .collect(Collectors.joining(", "))
            + "; PDUs of "
            + context.serverMaxReceivePduSize()
            + " octets to the meter");
  }

  private static CosemDateTime dateTime(LocalDate day) {
    return CosemDateTime.of(day.atStartOfDay(), CosemDateTime.NOT_SPECIFIED, DAYLIGHT_SAVING);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new CommandException("the demo failed: " + otherwise);
    }
  }
}
