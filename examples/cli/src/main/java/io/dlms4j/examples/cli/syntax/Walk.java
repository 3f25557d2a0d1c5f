package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way through octets that leaves a tree of fields behind, even where it ends in a fault. Offsets
 * are those in all the octets, wherever the walk began.
 */
final class Walk {
  /** How many APDUs in one another are looked into. */
  private static final int MOST_ATTEMPTS = 8;

  private final Octets octets;
  private final @Nullable Session session;

  /** Where, in all that was given, an APDU in clear comes from that is walked through; else -1. */
  private final int anchor;

  private final Map<String, Long> seen;
  private final int attempts;
  private final Deque<Draft> open = new ArrayDeque<>();
  private int at;
  private int end;

  /** A field that is being read. */
  private static final class Draft {
    private final int offset;
    private final String name;
    private final List<Node> children = new ArrayList<>();
    private String meaning = "";
    private Node.Form form = Node.Form.NONE;
    private @Nullable Object value;

    private Draft(int offset, String name) {
      this.offset = offset;
      this.name = name;
    }

    private Node node(int end) {
      return new Node(offset, end - offset, name, meaning, children, form, value);
    }
  }

  /** What was read, and why not more. */
  record Result(Node node, @Nullable SyntaxException fault) {}

  private Walk(Octets octets, int from, int end, @Nullable Session session) {
    this.octets = octets;
    this.session = session;
    this.anchor = -1;
    this.at = from;
    this.end = end;
    this.seen = new HashMap<>();
    this.attempts = 0;
  }

  /** A walk within another one. */
  private Walk(Walk outer, Octets octets, int from, int end, int anchor) {
    this.octets = octets;
    this.session = outer.session;
    this.anchor = anchor;
    this.at = from;
    this.end = end;
    this.seen = new HashMap<>(outer.seen);
    this.attempts = outer.attempts + 1;
  }

  /** Reads a part of the octets, which one field must fill. */
  static Result read(
      Octets octets, int from, int end, String name, Reading type, @Nullable Session session) {
    return new Walk(octets, from, end, session).all(name, type);
  }

  private Result all(String name, Reading type) {
    open.push(new Draft(at, name));
    SyntaxException fault = null;
    try {
      type.read(this);
      if (at < end) {
        fault = error((end - at) + " octets too many after the " + name);
      }
    } catch (SyntaxException e) {
      fault = e;
    }
    while (open.size() > 1) {
      close();
    }
    return new Result(open.pop().node(at), fault);
  }

  /** Whether there may be a further attempt within this one. */
  boolean mayAttempt() {
    return attempts < MOST_ATTEMPTS;
  }

  /** Tries to read what is left of a bounded part as something; the walk itself does not move. */
  Result attempt(String name, Reading type) {
    return new Walk(this, octets, at, end, anchor).all(name, type);
  }

  /** Reads an APDU that is in clear what was protected from some octet on. */
  Result clear(Octets apdu, int from) {
    return new Walk(this, apdu, 0, apdu.length(), anchored(from)).all(Part.APDU, Apdus.ANY);
  }

  /** The octet, in all that was given, at which something is told of this one. */
  int anchored(int offset) {
    return anchor < 0 ? offset : anchor;
  }

  /** What is known of the parties; null where nothing is to be found out. */
  @Nullable Session session() {
    return session;
  }

  /** Reads a field within the one that is being read. */
  void field(String name, Reading type) {
    open(name);
    type.read(this);
    close();
  }

  /** Begins a field within the one that is being read. */
  void open(String name) {
    open.push(new Draft(at, name));
  }

  /** Ends the innermost field. */
  void close() {
    Draft draft = open.pop();
    open.element().children.add(draft.node(at));
  }

  private Draft draft() {
    return open.element();
  }

  Walk meaning(String words) {
    draft().meaning = words;
    return this;
  }

  Walk form(Node.Form form) {
    draft().form = form;
    return this;
  }

  Walk value(@Nullable Object value) {
    draft().value = value;
    return form(Node.Form.VALUE);
  }

  /** A part of this field that has been read. */
  Optional<Node> child(String name) {
    return draft().children.stream().filter(child -> child.name().equals(name)).findFirst();
  }

  /** Adds to this field what takes no octets of it. */
  void add(String name, String meaning, @Nullable Object value, Node.@Nullable Clear clear) {
    draft().children.add(new Node(at, 0, name, meaning, List.of(), Node.Form.VALUE, value, clear));
  }

  /** Shows what an attempt has read as parts of this field. */
  void adopt(List<Node> children) {
    draft().children.addAll(children);
  }

  /**
   * Reads an APDU of so many octets, and says what is wrong with it; the walk goes on behind it.
   */
  List<Part.Fault> apdu(int length) {
    int outerEnd = end;
    end = at + length;
    Result result = attempt(Part.APDU, Apdus.ANY);
    end = outerEnd;
    draft().children.add(result.node());
    return Apdus.faults(result, octets(length));
  }

  /** Remembers the value of this field for those behind it. */
  void remember(long value) {
    remember(draft().name, value);
  }

  void remember(String name, long value) {
    seen.put(name, value);
  }

  /** The last value of a field of some name; -1 if there was none. */
  long last(String name) {
    return seen.getOrDefault(name, -1L);
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  SyntaxException error(String what) {
    return new SyntaxException(at, what);
  }

  private void require(int number) {
    if (number > end - at) {
      throw error(number + " octets needed, " + (end - at) + " left");
    }
  }

  int peek() {
    require(1);
    return octets.at(at);
  }

  /** Reads an unsigned number of 1 to 4 octets. */
  long unsigned(int width) {
    require(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | octets.at(at + i);
    }
    at += width;
    return value;
  }

  int octet() {
    return (int) unsigned(1);
  }

  /** Reads a length or a count: the same in A-XDR and in BER of definite lengths. */
  int length() {
    int start = at;
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int width = first & 0x7F;
    if (width < 1 || width > 4) {
      at = start;
      throw error("no length begins with %02X".formatted(first));
    }
    long length = unsigned(width);
    if (length > Integer.MAX_VALUE) {
      at = start;
      throw error("a length of " + length);
    }
    return (int) length;
  }

  Octets octets(int number) {
    require(number);
    at += number;
    return octets.slice(at - number, number);
  }

  /** What has been read since. */
  Octets since(int start) {
    return octets.slice(start, at - start);
  }

  /** What is left. */
  Octets rest() {
    return octets.slice(at, end - at);
  }

  /**
   * Reads exactly so many octets as a type. If there are less, as much as is there is read before
   * that is a fault.
   */
  void within(int length, Reading type) {
    int start = at;
    int outerEnd = end;
    boolean whole = length <= end - at;
    end = whole ? at + length : end;
    type.read(this);
    if (!whole) {
      throw new SyntaxException(
          start, "the length is " + length + ", there are " + (end - start) + " octets");
    }
    if (at < end) {
      throw error((end - at) + " octets too many in " + draft().name);
    }
    end = outerEnd;
  }
}
