package dev.offload.codec.kryo;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Stream;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;

/**
 * The ways in which objects are written that Kryo was not told of from the start.
 */
enum WrittenForm {

	/** Element by element. */
	ARRAY {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			return new ArraySerializer();
		}
	},

	/** By the number of the constant. */
	ENUM {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			return new ConstantForm(type);
		}
	},

	/** By its components and its constructor. */
	RECORD {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			RecordCode code = RecordCodes.of(type);
			return (code != null) ? new CodedRecordSerializer((GraphKryo) kryo, type, code)
					: new RecordSerializer(kryo, type);
		}
	},

	/** By its fields, without a constructor. */
	FIELDS {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			return new FieldsSerializer(kryo, type);
		}
	},

	/** As Java serialization writes it. */
	JAVA {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			return new JavaForm.Writer();
		}
	},

	/** Not at all. */
	NONE {
		@Override
		Serializer<?> serializer(Kryo kryo, Class<?> type) {
			return new RefusingSerializer(type);
		}
	};

	abstract Serializer<?> serializer(Kryo kryo, Class<?> type);

	static boolean isLambda(Class<?> type) {
		return type.isSynthetic() && type.isHidden() && Serializable.class.isAssignableFrom(type);
	}

	static WrittenForm of(Class<?> type) {
		if (type.isArray()) {
			return ARRAY;
		}
		if (type.isEnum()) {
			return ENUM;
		}
		if (Proxy.isProxyClass(type)) {
			return NONE;
		}
		boolean serializable = Serializable.class.isAssignableFrom(type);
		if (isJdk(type) || type.isHidden()) {
			return serializable ? JAVA : NONE;
		}
		if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
			return NONE;
		}
		if (serializable && hasOwnForm(type)) {
			return JAVA;
		}
		if (type.isRecord()) {
			return RECORD;
		}
		if (holdsFieldsOfJdk(type)) {
			return serializable ? JAVA : NONE;
		}
		return FIELDS;
	}

	static boolean isJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
	}

	// Whether the class, or one that it extends, says itself how it is serialized.
	private static boolean hasOwnForm(Class<?> type) {
		if (Externalizable.class.isAssignableFrom(type)) {
			return true;
		}
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			if (declares(current, "writeReplace") || declares(current, "readResolve")
					|| declares(current, "writeObject", ObjectOutputStream.class)
					|| declares(current, "readObject", ObjectInputStream.class) || hasFieldList(current)) {
				return true;
			}
		}
		return false;
	}

	private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
		return Stream.of(type.getDeclaredMethods())
			.anyMatch(
					(method) -> method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters));
	}

	private static boolean hasFieldList(Class<?> type) {
		return Stream.of(type.getDeclaredFields())
			.anyMatch((field) -> field.getName().equals("serialPersistentFields"));
	}

	// Those of the JDK are closed.
	private static boolean holdsFieldsOfJdk(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (isJdk(current)) {
				for (Field field : current.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
						return true;
					}
				}
			}
		}
		return false;
	}

}
