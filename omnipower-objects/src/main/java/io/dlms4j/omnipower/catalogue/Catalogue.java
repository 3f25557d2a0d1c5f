package io.dlms4j.omnipower.catalogue;

import io.dlms4j.cosem.ObisCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vendor's list of objects of one meter variant, read from the resources {@code objects.tsv}
 * and {@code loggers.tsv}. Immutable.
 */
public final class Catalogue {
  /** Read once: meters are made by the thousand. */
  private static final Map<MeterVariant, Catalogue> ALL =
      Stream.of(MeterVariant.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Catalogue::new));

  private final MeterVariant variant;
  private final Map<String, CatalogueEntry> byName = new LinkedHashMap<>();
  private final Map<ObisCode, CatalogueEntry> byLogicalName = new LinkedHashMap<>();
  private final Map<String, List<CapturedAttribute>> layouts = new LinkedHashMap<>();

  private Catalogue(MeterVariant variant) {
    this.variant = variant;
    for (CatalogueEntry entry : CatalogueResources.objects()) {
      if (entry.variants().contains(variant)
          && (byName.putIfAbsent(entry.name(), entry) != null
              || byLogicalName.putIfAbsent(entry.logicalName(), entry) != null)) {
        throw new IllegalStateException(variant + " has " + entry.name() + " twice");
      }
    }
    CatalogueResources.captured(
        (logger, layout, captured, attribute) -> {
          CatalogueEntry of = byLogicalName.get(logger);
          CatalogueEntry object = byLogicalName.get(captured);
          if (of != null && object != null) {
            layouts
                .computeIfAbsent(key(of, layout), each -> new ArrayList<>())
                .add(new CapturedAttribute(object, attribute));
          }
        });
  }

  /**
   * The objects of a meter.
   *
   * @param variant which meter
   * @return the catalogue
   */
  public static Catalogue of(MeterVariant variant) {
    return Objects.requireNonNull(ALL.get(variant));
  }

  /**
   * Which meter it is.
   *
   * @return the variant
   */
  public MeterVariant variant() {
    return variant;
  }

  /**
   * All objects.
   *
   * @return in the vendor's order, unmodifiable
   */
  public Collection<CatalogueEntry> entries() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /**
   * An object by its name.
   *
   * @param name the vendor's name
   * @return the object
   * @throws IllegalArgumentException if the variant has none of that name
   */
  public CatalogueEntry entry(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException(variant + " has no object " + name));
  }

  /**
   * An object by its name.
   *
   * @param name the vendor's name
   * @return the object, or nothing
   */
  public Optional<CatalogueEntry> find(String name) {
    return Optional.ofNullable(byName.get(name));
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

  /**
   * An object by its name or its OBIS code, as a person writes them.
   *
   * @param text the vendor's name, or six numbers with points between them
   * @return the object, or nothing
   */
  public Optional<CatalogueEntry> lookUp(String text) {
    Optional<CatalogueEntry> named = find(text);
    if (named.isPresent()) {
      return named;
    }
    try {
      return find(ObisCode.of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What a logger captures.
   *
   * @param logger the logger
   * @param layout {@code all} if it has one layout only; the energies of the load profile, {@code
   *     A+/A-} for instance; of the analysis logger {@code selectable} for what may be captured
   *     (table 14), or {@code three-phase, load profile A+/A-} and the like for what it captures by
   *     default (table 15)
   * @return the columns in order; none if there is no such layout
   */
  public List<CapturedAttribute> captured(CatalogueEntry logger, String layout) {
    return List.copyOf(layouts.getOrDefault(key(logger, layout), List.of()));
  }

  private static String key(CatalogueEntry logger, String layout) {
    return logger.logicalName() + " " + layout;
  }
}
