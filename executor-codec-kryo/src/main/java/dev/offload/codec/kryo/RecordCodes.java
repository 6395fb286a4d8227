package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;

import com.esotericsoftware.asm.ClassWriter;
import com.esotericsoftware.asm.MethodVisitor;
import com.esotericsoftware.asm.Opcodes;
import com.esotericsoftware.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Generates for a record what calls its accessors and its constructor: the JVM makes one
 * piece of machine code of that, which it cannot of handles that are kept in objects. No
 * branches are in it, and it is a hidden class that lives and dies with the record.
 */
final class RecordCodes {

	private static final String PARENT = Type.getInternalName(RecordCode.class);

	private static final String OBJECT = Type.getInternalName(Object.class);

	private static final ClassValue<Optional<RecordCode>> CODES = new ClassValue<>() {
		@Override
		protected Optional<RecordCode> computeValue(Class<?> type) {
			return generate(type);
		}
	};

	private RecordCodes() {
	}

	/**
	 * The code of a record. Only those of the module of this codec have some: records on
	 * the class path whose loader is that of the codec. A child of that loader has a
	 * module of its own, too.
	 * @param type its class
	 * @return the code, or {@code null} if it is of another module, or a component is of
	 * a class that it does not see
	 */
	static @Nullable RecordCode of(Class<?> type) {
		return CODES.get(type).orElse(null);
	}

	// The first component that makes a hash.
	static @Nullable RecordComponent telling(Class<?> type) {
		return Stream.of(type.getRecordComponents())
			.filter((component) -> Member.isTelling(component.getType()))
			.findFirst()
			.orElse(null);
	}

	private static Optional<RecordCode> generate(Class<?> type) {
		// The JVM lets no class be defined in the nest of one of another module.
		if (type.getModule() != RecordCodes.class.getModule()) {
			return Optional.empty();
		}
		try {
			Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
			for (RecordComponent component : type.getRecordComponents()) {
				lookup.accessClass(component.getType());
			}
			Object code = lookup.defineHiddenClass(bytesOf(type), true, Lookup.ClassOption.NESTMATE)
				.lookupClass()
				.getDeclaredConstructor()
				.newInstance();
			return Optional.of((RecordCode) code);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			// A component is of a class that cannot be seen from there.
			return Optional.empty();
		}
	}

	private static byte[] bytesOf(Class<?> type) {
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
		writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
				Type.getInternalName(type) + "$Code", null, PARENT, null);
		MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
		constructor.visitVarInsn(Opcodes.ALOAD, 0);
		constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, PARENT, "<init>", "()V", false);
		end(constructor, Opcodes.RETURN);
		addHash(writer, type);
		addWrite(writer, type);
		addRead(writer, type);
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static void end(MethodVisitor method, int instruction) {
		method.visitInsn(instruction);
		method.visitMaxs(0, 0);
		method.visitEnd();
	}

	private static void addHash(ClassWriter writer, Class<?> type) {
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PROTECTED, "hash", "(L" + OBJECT + ";)I", null, null);
		RecordComponent component = telling(type);
		if (component == null) {
			method.visitInsn(Opcodes.ICONST_0);
		}
		else {
			String name = Type.getInternalName(type);
			String descriptor = Type.getDescriptor(component.getType());
			method.visitVarInsn(Opcodes.ALOAD, 1);
			method.visitTypeInsn(Opcodes.CHECKCAST, name);
			// Its accessor need not say the same twice.
			method.visitFieldInsn(Opcodes.GETFIELD, name, component.getName(), descriptor);
			call(method, "hashOf", "(" + descriptor + ")I");
		}
		end(method, Opcodes.IRETURN);
	}

	private static void addWrite(ClassWriter writer, Class<?> type) {
		String name = Type.getInternalName(type);
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PROTECTED, "write", "(L" + OBJECT + ";L" + OBJECT + ";)V",
				null, null);
		method.visitVarInsn(Opcodes.ALOAD, 2);
		method.visitTypeInsn(Opcodes.CHECKCAST, name);
		method.visitVarInsn(Opcodes.ASTORE, 2);
		RecordComponent[] components = type.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			Class<?> component = components[i].getType();
			String own = ownName(component);
			method.visitVarInsn(Opcodes.ALOAD, 1);
			if (own == null) {
				method.visitLdcInsn(i);
			}
			method.visitVarInsn(Opcodes.ALOAD, 2);
			method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, components[i].getName(),
					"()" + Type.getDescriptor(component), false);
			if (own != null) {
				call(method, "write" + own, "(L" + OBJECT + ";" + Type.getDescriptor(component) + ")V");
				continue;
			}
			if (component.isPrimitive()) {
				Class<?> wrapper = wrapper(component);
				method.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(wrapper), "valueOf",
						"(" + Type.getDescriptor(component) + ")" + Type.getDescriptor(wrapper), false);
			}
			call(method, "writeOther", "(L" + OBJECT + ";IL" + OBJECT + ";)V");
		}
		end(method, Opcodes.RETURN);
	}

	private static void addRead(ClassWriter writer, Class<?> type) {
		String name = Type.getInternalName(type);
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PROTECTED, "read", "(L" + OBJECT + ";)L" + OBJECT + ";",
				null, null);
		method.visitTypeInsn(Opcodes.NEW, name);
		method.visitInsn(Opcodes.DUP);
		StringBuilder parameters = new StringBuilder();
		RecordComponent[] components = type.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			Class<?> component = components[i].getType();
			String own = ownName(component);
			parameters.append(Type.getDescriptor(component));
			method.visitVarInsn(Opcodes.ALOAD, 1);
			if (own != null) {
				call(method, "read" + own, "(L" + OBJECT + ";)" + Type.getDescriptor(component));
				continue;
			}
			method.visitLdcInsn(i);
			call(method, "readOther", "(L" + OBJECT + ";I)L" + OBJECT + ";");
			Class<?> wrapper = component.isPrimitive() ? wrapper(component) : component;
			method.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(wrapper));
			if (component.isPrimitive()) {
				method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Type.getInternalName(wrapper),
						component.getName() + "Value", "()" + Type.getDescriptor(component), false);
			}
		}
		method.visitVarInsn(Opcodes.ALOAD, 1);
		call(method, "completed", "(L" + OBJECT + ";)V");
		method.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "(" + parameters + ")V", false);
		end(method, Opcodes.ARETURN);
	}

	private static void call(MethodVisitor method, String name, String descriptor) {
		method.visitMethodInsn(Opcodes.INVOKESTATIC, PARENT, name, descriptor, false);
	}

	// What its methods are called, for types that have some.
	private static @Nullable String ownName(Class<?> component) {
		if (component == int.class) {
			return "Int";
		}
		if (component == long.class) {
			return "Long";
		}
		return (component == String.class) ? "Text" : null;
	}

	private static Class<?> wrapper(Class<?> primitive) {
		return MethodType.methodType(primitive).wrap().returnType();
	}

}
