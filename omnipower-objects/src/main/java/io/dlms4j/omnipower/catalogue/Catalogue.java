package io.dlms4j.omnipower.catalogue;

import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vendor's list of objects, read from the resource {@code objects.tsv}. Immutable. */
public final class Catalogue {
  private static final String RESOURCE = "objects.tsv";
  private static final int FIELDS = 9;
  private static final String NONE = "-";

  private final Map<String, CatalogueEntry> byName;
  private final Map<ObisCode, CatalogueEntry> byLogicalName;

  private Catalogue(Map<String, CatalogueEntry> byName) {
    Map<ObisCode, CatalogueEntry> index = new LinkedHashMap<>();
    for (CatalogueEntry entry : byName.values()) {
      if (index.putIfAbsent(entry.logicalName(), entry) != null) {
        throw new IllegalStateException(RESOURCE + " has " + entry.logicalName() + " twice");
      }
    }
    this.byName = Collections.unmodifiableMap(byName);
    this.byLogicalName = Collections.unmodifiableMap(index);
  }

  /**
   * The objects of the OMNIPOWER single- and three-phase meter.
   *
   * @return the catalogue
   */
  public static Catalogue omnipower() {
    try (InputStream stream = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Catalogue read(BufferedReader reader) throws IOException {
    Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
    boolean header = true;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (header) {
        header = false;
        continue;
      }
      CatalogueEntry entry = parse(line);
      if (entries.putIfAbsent(entry.name(), entry) != null) {
        throw new IllegalStateException(RESOURCE + " has " + entry.name() + " twice");
      }
    }
    return new Catalogue(entries);
  }

  private static CatalogueEntry parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException(
          RESOURCE + " has a line of " + fields.length + " fields: " + line);
    }
    return new CatalogueEntry(
        fields[0],
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        ObisCode.of(fields[3]),
        type(fields[4]),
        unit(fields[5]),
        access(fields[6]),
        access(fields[7]),
        fields[8]);
  }

  private static @Nullable DataTag type(String name) {
    return name.equals(NONE)
        ? null
        : DataTag.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static Unit unit(String symbol) {
    if (symbol.equals(NONE)) {
      return Unit.NONE;
    }
    for (Unit unit : Unit.values()) {
      if (unit.symbol().equals(symbol)) {
        return unit;
      }
    }
    throw new IllegalStateException(RESOURCE + " has the unknown unit " + symbol);
  }

  private static AttributeAccessMode access(String letters) {
    for (AttributeAccessMode mode :
        List.of(
            AttributeAccessMode.NO_ACCESS,
            AttributeAccessMode.READ_ONLY,
            AttributeAccessMode.WRITE_ONLY,
            AttributeAccessMode.READ_AND_WRITE)) {
      if (mode.toString().equals(letters)) {
        return mode;
      }
    }
    throw new IllegalStateException(RESOURCE + " has the unknown right " + letters);
  }

  /**
   * All objects.
   *
   * @return in the vendor's order, unmodifiable
   */
  public Collection<CatalogueEntry> entries() {
    return byName.values();
  }

  /**
   * An object by its name.
   *
   * @param name the vendor's name
   * @return the object
   * @throws IllegalArgumentException if there is none of that name
   */
  public CatalogueEntry entry(String name) {
    CatalogueEntry entry = byName.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the catalogue has no object " + name);
    }
    return entry;
  }

  /**
   * An object by its OBIS code.
   *
   * @param logicalName the code
   * @return the object, or nothing
   */
  public Optional<CatalogueEntry> find(ObisCode logicalName) {
    return Optional.ofNullable(byLogicalName.get(logicalName));
  }
}
