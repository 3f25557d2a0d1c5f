package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AssociationLn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A logical device: its objects, and the associations that clients may have with it (Blue Book
 * 4.1.8). Immutable; the objects live their own lives.
 *
 * <p>The object of the current association (0.0.40.0.0.255) is there without being added:
 * Association LN, or Association SN for a client that is associated with short names.
 *
 * <p>Short names matter only if a client may associate with them. An object has those that it was
 * added with; the SAP assignment, the logical device name and the table of broadcast scripts have
 * the reserved ones (Blue Book 4.1.3), and what is left gets names from 0x0100 on, in the order in
 * which the objects were added. Attribute <i>i</i> is at base_name + 8 (<i>i</i> - 1); the methods
 * are where the Blue Book puts those of the class, else behind the attributes, eight apart.
 */
public final class LogicalDevice {
  private final int sap;
  private final Octets name;
  private final Map<ObisCode, CosemObject> objects;
  private final Map<Integer, AssociationOffer> offers;
  private final Map<ObisCode, ShortNames.Chosen> chosen;
  private final ReadGuard readGuard;
  private final Duration answerTimeout;

  /** Null if no client has a use for them. */
  private final @Nullable ShortNames shortNames;

  private LogicalDevice(
      int sap,
      Octets name,
      Map<ObisCode, CosemObject> objects,
      Map<Integer, AssociationOffer> offers,
      Map<ObisCode, ShortNames.Chosen> chosen,
      ReadGuard readGuard,
      Duration answerTimeout) {
    this.readGuard = readGuard;
    this.answerTimeout = answerTimeout;
    this.sap = sap;
    this.name = name;
    this.objects = Collections.unmodifiableMap(objects);
    this.offers = Map.copyOf(offers);
    this.chosen = Map.copyOf(chosen);
    this.shortNames =
        offers.values().stream().anyMatch(AssociationOffer::hasShortNames)
            ? ShortNames.of(withAssociationSn(objects, offers.values()), chosen)
            : null;
  }

  private static List<CosemObject> withAssociationSn(
      Map<ObisCode, CosemObject> objects, Collection<AssociationOffer> offers) {
    List<CosemObject> all = new ArrayList<>();
    all.add(AssociationSnObject.create(offers));
    for (CosemObject object : objects.values()) {
      if (!object.logicalName().equals(AssociationLnObject.LOGICAL_NAME)) {
        all.add(object);
      }
    }
    return all;
  }

  /**
   * Begins a logical device.
   *
   * @param sap its service access point, 1..16383
   * @param name its COSEM logical device name, up to 16 octets, of which the first three are the
   *     manufacturer's
   * @return a builder
   * @throws IllegalArgumentException if the SAP or the name are not valid
   */
  public static Builder builder(int sap, Octets name) {
    return new Builder(sap, name);
  }

  /**
   * The service access point.
   *
   * @return 1..16383
   */
  public int sap() {
    return sap;
  }

  /**
   * The COSEM logical device name.
   *
   * @return up to 16 octets
   */
  public Octets name() {
    return name;
  }

  /**
   * The objects, in the order in which they were added.
   *
   * @return an unmodifiable view
   */
  public Collection<CosemObject> objects() {
    return objects.values();
  }

  /** How long objects may take to answer; zero for ever. */
  Duration answerTimeout() {
    return answerTimeout;
  }

  /** What a request's reads are asked for within. */
  ReadGuard readGuard() {
    return readGuard;
  }

  /**
   * Reads attributes as the device itself, for a profile that captures them or a program that shows
   * them: all in one moment, as the device's {@link ReadGuard} has it. No association is needed,
   * and no right asked; the objects find a client of SAP 0, which stands for nobody (Green Book,
   * No-station). May be called on any thread.
   *
   * @param attributes which
   * @return for each of them, in their order, the value or a refusal; a stage that completes
   *     exceptionally if the object failed
   */
  public List<CompletionStage<ReadResult>> read(List<AttributeRef> attributes) {
    ClientContext self = ClientContext.ofDevice(this);
    List<CompletionStage<ReadResult>> results = new ArrayList<>();
    readGuard.read(() -> attributes.forEach(each -> results.add(read(each, self))));
    return List.copyOf(results);
  }

  private CompletionStage<ReadResult> read(AttributeRef attribute, ClientContext self) {
    Optional<CosemObject> found = object(attribute.logicalName());
    if (found.isEmpty() || found.get().attribute(attribute.attributeIndex()).isEmpty()) {
      return ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED);
    }
    if (found.get().classId() != attribute.classId()) {
      return ReadResult.refused(DataAccessResult.OBJECT_CLASS_INCONSISTENT);
    }
    try {
      return found.get().read(new ReadRequest(attribute.attributeIndex(), null, self));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  Optional<CosemObject> object(ObisCode logicalName) {
    return Optional.ofNullable(objects.get(logicalName));
  }

  /** What is offered, by client SAP. */
  Map<Integer, AssociationOffer> offers() {
    return offers;
  }

  Optional<AssociationOffer> offer(int clientSap) {
    return Optional.ofNullable(offers.get(clientSap));
  }

  /** The names of the objects, for a client that is associated with short names. */
  ShortNames shortNames() {
    ShortNames names = shortNames;
    if (names == null) {
      throw new IllegalStateException("no client may associate with short names");
    }
    return names;
  }

  /** The same device with one more object at the end. */
  LogicalDevice with(CosemObject object) {
    Map<ObisCode, CosemObject> more = new LinkedHashMap<>(objects);
    if (more.putIfAbsent(object.logicalName(), object) != null) {
      throw new IllegalArgumentException("there are two objects " + object.logicalName());
    }
    return new LogicalDevice(sap, name, more, offers, chosen, readGuard, answerTimeout);
  }

  /** Makes a {@link LogicalDevice}. */
  public static final class Builder {
    private static final int MOST_SAP = 0x3FFF;
    private static final int MOST_CLIENT_SAP = 0xFFFF;
    private static final int MOST_NAME_OCTETS = 16;
    private static final Duration LONGEST_ANSWER = Duration.ofDays(365);

    private final int sap;
    private final Octets name;
    private final Collection<CosemObject> objects = new ArrayList<>();
    private final Map<Integer, AssociationOffer> offers = new HashMap<>();
    private final Map<ObisCode, ShortNames.Chosen> chosen = new HashMap<>();
    private @Nullable Integer associationVersion;
    private ReadGuard readGuard = ReadGuard.NONE;
    private Duration answerTimeout = Duration.ofMinutes(5);

    private Builder(int sap, Octets name) {
      if (sap < 1 || sap > MOST_SAP) {
        throw new IllegalArgumentException("SAP " + sap + " is not within 1.." + MOST_SAP);
      }
      if (name.isEmpty() || name.length() > MOST_NAME_OCTETS) {
        throw new IllegalArgumentException(
            "a logical device name has 1 to 16 octets, not " + name.length());
      }
      this.sap = sap;
      this.name = name;
    }

    /**
     * Adds an object.
     *
     * @param object the object
     * @return this
     * @throws IllegalArgumentException if its class or version have no wire form
     */
    public Builder object(CosemObject object) {
      CosemObjectBuilder.requireClass(object.classId(), object.version());
      objects.add(object);
      return this;
    }

    /**
     * Adds an object and chooses its short names.
     *
     * @param object the object
     * @param baseName its base_name, a multiple of 8 within 0..65528; 0xFA00 is the association's
     * @return this
     * @throws IllegalArgumentException if its class or version have no wire form, or the base_name
     *     is out of range
     */
    public Builder object(CosemObject object, int baseName) {
      chosen.put(object.logicalName(), new ShortNames.Chosen(baseName, null));
      return object(object);
    }

    /**
     * Adds an object and chooses its short names, where its methods are not where they are usually.
     *
     * @param object the object
     * @param baseName its base_name, a multiple of 8 within 0..65528; 0xFA00 is the association's
     * @param methodOffset offset of its method 1, a multiple of 8 behind its attributes
     * @return this
     * @throws IllegalArgumentException if its class or version have no wire form, or a name is out
     *     of range
     */
    public Builder object(CosemObject object, int baseName, int methodOffset) {
      chosen.put(object.logicalName(), new ShortNames.Chosen(baseName, methodOffset));
      return object(object);
    }

    /**
     * Sets how long the objects may take to answer one request. What has no answer by then is
     * answered with temporary-failure and logged, and the stage that the object still owes is
     * cancelled. Without this call: five minutes.
     *
     * @param timeout up to a year; zero for ever
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder answerTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.compareTo(LONGEST_ANSWER) > 0) {
        throw new IllegalArgumentException("an answer after " + timeout);
      }
      this.answerTimeout = timeout;
      return this;
    }

    /**
     * Lets what one request reads be of one moment. Without this call objects are read without a
     * guard.
     *
     * @param guard what the reads of a request are asked for within
     * @return this
     */
    public Builder readGuard(ReadGuard guard) {
      this.readGuard = guard;
      return this;
    }

    /**
     * Lets a client associate.
     *
     * @param clientSap the client's service access point, 1..65535
     * @param config what it is offered, and how it has to authenticate itself
     * @param policy its rights
     * @return this
     * @throws IllegalArgumentException if the SAP is out of range, or has an association already
     */
    public Builder association(int clientSap, ServerAssociationConfig config, AccessPolicy policy) {
      return association(clientSap, AssociationOffer.of(config, policy));
    }

    /**
     * Lets a client associate.
     *
     * @param clientSap the client's service access point, 1..65535
     * @param offer what it is offered
     * @return this
     * @throws IllegalArgumentException if the SAP is out of range, or has an association already
     */
    public Builder association(int clientSap, AssociationOffer offer) {
      if (clientSap < 1 || clientSap > MOST_CLIENT_SAP) {
        throw new IllegalArgumentException(
            "client SAP " + clientSap + " is not within 1.." + MOST_CLIENT_SAP);
      }
      if (offers.putIfAbsent(clientSap, offer) != null) {
        throw new IllegalArgumentException("there are two associations for client " + clientSap);
      }
      return this;
    }

    /**
     * Sets the version of the class Association LN (Blue Book 4.4.4): it decides how rights are
     * shown in the object_list. Version 0 tells reading, writing and invoking, versions 1 and 2
     * that a request has to be authenticated too, version 3 all protection of requests and
     * responses. What is checked does not depend on it. Without this call: version 1 if an
     * association has a security or a Security setup, else 0.
     *
     * @param version 0..3
     * @return this
     * @throws IllegalArgumentException if there is no such version
     */
    public Builder associationVersion(int version) {
      if (version < 0 || version > AssociationLn.CLASS.version()) {
        throw new IllegalArgumentException("Association LN has no version " + version);
      }
      this.associationVersion = version;
      return this;
    }

    /**
     * Makes the device.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if two objects have one logical name, or short names that
     *     overlap
     */
    public LogicalDevice build() {
      Map<ObisCode, CosemObject> all = new LinkedHashMap<>();
      CosemObject association = AssociationLnObject.create(offers.values(), associationVersion);
      all.put(association.logicalName(), association);
      for (CosemObject object : objects) {
        if (all.putIfAbsent(object.logicalName(), object) != null) {
          throw new IllegalArgumentException("there are two objects " + object.logicalName());
        }
      }
      return new LogicalDevice(sap, name, all, offers, chosen, readGuard, answerTimeout);
    }
  }
}
