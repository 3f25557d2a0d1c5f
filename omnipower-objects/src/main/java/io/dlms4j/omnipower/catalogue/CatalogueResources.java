package io.dlms4j.omnipower.catalogue;

import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Unit;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the vendor's lists, which are tables of tab-separated fields. */
final class CatalogueResources {
  private static final String OBJECTS = "objects.tsv";
  private static final String LOGGERS = "loggers.tsv";
  private static final String NOTHING = "-";

  /** Scaler of a register that follows the resolution of energies. */
  private static final String OF_ENERGIES = "E";

  private static final String SEEN_BY_PUBLIC = "2";

  private CatalogueResources() {}

  /** Takes a line of the loggers' table. */
  @FunctionalInterface
  interface Captured {
    void accept(ObisCode logger, String layout, ObisCode object, int attribute);
  }

  static List<CatalogueEntry> objects() {
    List<CatalogueEntry> entries = new ArrayList<>();
    read(OBJECTS, 14, fields -> entries.add(object(fields)));
    return entries;
  }

  static void captured(Captured sink) {
    read(
        LOGGERS,
        5,
        fields ->
            sink.accept(
                ObisCode.of(fields[0]),
                fields[1],
                ObisCode.of(fields[3]),
                Integer.parseInt(fields[4])));
  }

  static void read(String resource, int fieldCount, Consumer<String[]> sink) {
    try (InputStream stream = CatalogueResources.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      boolean header = true;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] fields = line.split("\t", -1);
        if (fields.length != fieldCount) {
          throw new IllegalStateException(resource + " has " + fields.length + " fields: " + line);
        }
        if (!header) {
          sink.accept(fields);
        }
        header = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CatalogueEntry object(String[] fields) {
    Set<MeterVariant> variants = EnumSet.noneOf(MeterVariant.class);
    Set<MeterVariant> publicIn = EnumSet.noneOf(MeterVariant.class);
    mark(fields[8], variants, publicIn, MeterVariant.K351C);
    mark(fields[9], variants, publicIn, MeterVariant.K382M);
    mark(fields[10], variants, publicIn, MeterVariant.SINGLE_PHASE);
    mark(fields[10], variants, publicIn, MeterVariant.THREE_PHASE);
    mark(fields[11], variants, publicIn, MeterVariant.CT);
    return new CatalogueEntry(
        fields[0],
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        ObisCode.of(fields[3]),
        type(fields[4]),
        unit(fields[5]),
        scaler(fields[6]),
        access(fields[7]),
        variants,
        publicIn,
        fields[12].equals(NOTHING) ? null : Long.valueOf(fields[12]),
        fields[13]);
  }

  private static void mark(
      String mark, Set<MeterVariant> variants, Set<MeterVariant> publicIn, MeterVariant variant) {
    if (!mark.equals("0")) {
      variants.add(variant);
    }
    if (mark.equals(SEEN_BY_PUBLIC)) {
      publicIn.add(variant);
    }
  }

  private static @Nullable DataTag type(String name) {
    return name.equals(NOTHING)
        ? null
        : DataTag.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static @Nullable Integer scaler(String text) {
    return text.equals(OF_ENERGIES) ? null : text.equals(NOTHING) ? 0 : Integer.valueOf(text);
  }

  private static Unit unit(String symbol) {
    if (symbol.equals(NOTHING)) {
      return Unit.NONE;
    }
    for (int code = 0; code <= 0xFF; code++) {
      Unit unit = Unit.of(code);
      if (unit.symbol().equals(symbol)) {
        return unit;
      }
    }
    throw new IllegalStateException(OBJECTS + " has the unknown unit " + symbol);
  }

  private static Access access(String letters) {
    for (Access access : Access.values()) {
      if (access.letters().equals(letters)) {
        return access;
      }
    }
    throw new IllegalStateException(OBJECTS + " has the unknown right " + letters);
  }
}
