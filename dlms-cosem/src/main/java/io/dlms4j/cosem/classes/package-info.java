/**
 * Interface classes of the Blue Book: what their attributes hold, as values to read and to write.
 *
 * <p>A class is declared once, as an {@link io.dlms4j.cosem.classes.InterfaceClass} with the types
 * of its attributes and methods: a client gets its typed access from there, a server its checks,
 * and a printer its names. {@link io.dlms4j.cosem.classes.InterfaceClasses} has those of the Blue
 * Book. One of your own, with a structure, takes some lines more than its name:
 *
 * <pre>{@code
 * record Valve(ObisCode logicalName) implements InterfaceObject {
 *   record Travel(int position, CosemDateTime since) {
 *     static final ValueType<Travel> TYPE =
 *         ValueType.structure("travel",
 *             in -> new Travel(in.next(ValueType.UNSIGNED), in.next(ValueType.DATE_TIME)),
 *             field("position", ValueType.UNSIGNED, Travel::position),
 *             field("since", ValueType.DATE_TIME, Travel::since));
 *   }
 *
 *   static final AttributeDescriptor<Travel> TRAVEL =
 *       AttributeDescriptor.ofDynamic(2, "travel", Travel.TYPE);
 *   static final MethodDescriptor<Integer, Nothing> MOVE =
 *       MethodDescriptor.taking(1, "move", ValueType.UNSIGNED);
 *   static final InterfaceClass CLASS =
 *       InterfaceClass.builder(8192, 0, "Valve").attributes(TRAVEL).methods(MOVE).build();
 *
 *   public InterfaceClass interfaceClass() {
 *     return CLASS;
 *   }
 * }
 *
 * Valve valve = new Valve(ObisCode.of("0.0.128.0.0.255"));
 * Valve.Travel travel = client.read(valve.attribute(Valve.TRAVEL));
 * client.invoke(valve.method(Valve.MOVE), 50);
 * }</pre>
 *
 * <p>A class of the Blue Book that has versions has a constant for each: {@code VERSION_0} and so
 * on, and {@code CLASS} for the newest. Where versions differ in the type of an attribute, the
 * older one has a name of its own, such as {@code PUSH_OBJECT_LIST_0}.
 */
@NullMarked
package io.dlms4j.cosem.classes;

import org.jspecify.annotations.NullMarked;
