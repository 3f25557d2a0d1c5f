package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.store.FileMemory;
import io.dlms4j.omnipower.store.KilledProcess;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import io.dlms4j.omnipower.store.SyncPolicy;
import io.dlms4j.server.profile.Rows;
import io.dlms4j.transport.TransportLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A meter that is being read is killed, again and again. The system property {@code
 * dlms4j.meter.kills} says how often; moments are drawn by {@code dlms4j.kills.seed}.
 */
class MeterKillTest {
  private static final int KILLS = Integer.getInteger("dlms4j.meter.kills", 20);
  private static final long SEED = Long.getLong("dlms4j.kills.seed", 1);
  private static final int LATEST_MICROSECONDS = 300_000;

  /** Of so many kills, one comes while the meter starts or a client connects. */
  private static final int EARLY = 5;

  /** 2013-10-09T00:00:00, and so long from one process to the next. */
  private static final long START = 1_381_276_800L;

  private static final long MONTH = 30L * 86_400;

  /** All of them count a Wh or VAh each second, in the steps of their registers. */
  private static final List<String> WATT_HOURS =
      List.of("A14", "A1234", "E14", "A14_TripCounter", "A14_Tariff1", "A_Net");

  /** No verification register: it has thousandths of a Wh, and goes on at 0 after a MWh. */
  private static final List<String> READ = List.of("A14", "E14", "A14_Tariff1", "A14_L2", "R12");

  private static final Catalogue CATALOGUE = Catalogue.of(KilledMeter.SETTINGS.variant());

  private static final int QUARTER = 900;
  private static final int TAIL = 20;

  private final Map<String, Long> lastRead = new HashMap<>();

  /** The last rows of the load profile that were there when it was looked at last. */
  private List<ProfileRow> lastRows = List.of();

  private int reads;
  private int rowsSeen;

  /** Of a row of the load profile: what the clock showed, and two of its energies. */
  private record ProfileRow(long time, long wattHours, long varHours) {}

  @TempDir Path parent;

  @Test
  void reg13NoKillMakesABilledRegisterLowerThanWhatWasRead() throws Exception {
    Path directory = parent.resolve("memory");
    Random random = new Random(SEED);
    long counted = 0;
    try (TransportLoop loop = TransportLoop.create(1)) {
      for (int kill = 0; kill < KILLS; kill++) {
        String now = Long.toString(START + MONTH * kill);
        long said;
        try (KilledProcess process =
            new KilledProcess(
                parent.resolve("errors"),
                number -> number < 0,
                KilledMeter.class,
                directory.toString(),
                now)) {
          process.awaitReady();
          int microseconds = random.nextInt(LATEST_MICROSECONDS);
          said =
              kill % EARLY == 0
                  ? process.killAfter(microseconds)
                  : readUntilKilled(loop, process, microseconds);
        }
        counted = check(directory, START + MONTH * (kill + 1), Math.max(said, counted));
      }
    }
    assertTrue(reads > 5 * KILLS, "nearly nothing was read: " + reads);
    assertTrue(rowsSeen > KILLS / 2, "nearly no row was logged: " + rowsSeen);
    assertTrue(counted > 100L * KILLS, "nearly nothing was metered: " + counted);
    try (var files = Files.list(directory)) {
      assertEquals(0, files.filter(file -> file.toString().contains("damaged")).count());
    }
    System.out.printf(
        "%d kills, seed %d: %d Wh, %d reads, %d rows%n", KILLS, SEED, counted, reads, rowsSeen);
  }

  /** Reads all the time, and gives the last count that the meter itself has told. */
  private long readUntilKilled(TransportLoop loop, KilledProcess process, int microseconds) {
    int port = (int) -process.first();
    try (BlockingDlmsClient client =
        DlmsClient.tcp("127.0.0.1", port)
            .loop(loop)
            .hdlc(
                HdlcAddress.logical(OmnipowerAssociation.OPTICAL.serverSap()),
                OmnipowerAssociation.OPTICAL.clientSap())
            .lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD)
            .connect()
            .blocking()) {
      read(client);
      CompletableFuture<Long> killed =
          CompletableFuture.supplyAsync(() -> process.killAfter(microseconds));
      try {
        while (!killed.isDone()) {
          read(client);
        }
      } catch (DlmsException e) {
        // It has been killed, which is no error if it was: the next line fails otherwise.
      }
      return killed.join();
    }
  }

  private void read(BlockingDlmsClient client) {
    for (String name : READ) {
      CatalogueEntry entry = CATALOGUE.entry(name);
      long value =
          client.get(new AttributeRef(entry.classId(), entry.logicalName(), 2)).integralValue();
      Long before = lastRead.put(name, value);
      assertTrue(before == null || value >= before, () -> name + " runs backwards");
      reads++;
    }
  }

  /** Opens what the killed meter left, and gives how many Wh there are. */
  private long check(Path directory, long now, long least) {
    try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER)) {
      assertEquals(Condition.SOUND, memory.condition());
      EngineBackend backend = KilledMeter.open(memory, now);
      long counted = value(backend, "A14");
      assertTrue(
          counted == least || counted == least + 1, () -> counted + " Wh after " + least + " Wh");
      for (String name : WATT_HOURS) {
        assertEquals(counted, value(backend, name), name);
      }
      assertEquals(counted / 3, value(backend, "A14_L2"));
      assertEquals(0, value(backend, "R12"));
      for (Map.Entry<String, Long> read : lastRead.entrySet()) {
        assertTrue(value(backend, read.getKey()) >= read.getValue(), read::toString);
      }
      checkLoadProfile(backend, counted);
      return counted;
    }
  }

  /** Rows that were there are there, and each is of one moment, at which it was counted so far. */
  private void checkLoadProfile(EngineBackend backend, long counted) {
    MeterLogger logger = backend.logger(CATALOGUE.entry("Load Profile logger")).orElseThrow();
    int wattHours = column(logger, "A14");
    int varHours = column(logger, "R12");
    List<ProfileRow> all = new ArrayList<>();
    Rows<LoggerRow> rows = logger.rows();
    for (int i = 0; i < rows.size(); i++) {
      LoggerRow row = rows.row(i);
      all.add(
          new ProfileRow(
              row.time(),
              row.value(wattHours).integralValue(),
              row.value(varHours).integralValue()));
    }
    assertTrue(Collections.indexOfSubList(all, lastRows) >= 0, () -> lastRows + " are lost");
    for (int i = 0; i < all.size(); i++) {
      ProfileRow row = all.get(i);
      ProfileRow before = i == 0 ? new ProfileRow(row.time(), 0, 0) : all.get(i - 1);
      assertTrue(row.wattHours() >= before.wattHours(), () -> row + " after " + before);
      assertTrue(row.wattHours() <= counted, row::toString);
      assertEquals(0, row.varHours(), row::toString);
      assertEquals(0, row.time() % QUARTER, row::toString);
    }
    lastRows = List.copyOf(all.subList(Math.max(0, all.size() - TAIL), all.size()));
    rowsSeen = all.size();
  }

  private static int column(MeterLogger logger, String name) {
    return logger.columns().stream().map(each -> each.entry().name()).toList().indexOf(name);
  }

  private static long value(EngineBackend backend, String name) {
    return backend.read(CATALOGUE.entry(name)).orElseThrow().integralValue();
  }
}
