package dev.offload.codec.kryo;

import org.jspecify.annotations.Nullable;

/**
 * What is generated for a record extends this: code that takes its components, and makes
 * it of them. It stands beside the record, so it may call what is private there, and sees
 * of this package only what is here. Not for applications.
 */
public abstract class RecordCode {

	/**
	 * Creates one.
	 */
	protected RecordCode() {
	}

	/**
	 * Writes all components.
	 * @param form where to
	 * @param record the record
	 */
	protected abstract void write(Object form, Object record);

	/**
	 * Reads all components and makes a record of them.
	 * @param form where from
	 * @return the record
	 */
	protected abstract Object read(Object form);

	/**
	 * The hash of one component, if there is one that tells records apart.
	 * @param record the record
	 * @return the hash, or zero
	 */
	protected abstract int hash(Object record);

	/**
	 * The hash of a component.
	 * @param value the component
	 * @return the hash
	 */
	protected static int hashOf(int value) {
		return value;
	}

	/**
	 * The hash of a component.
	 * @param value the component
	 * @return the hash
	 */
	protected static int hashOf(long value) {
		return Long.hashCode(value);
	}

	/**
	 * The hash of a component.
	 * @param value the component
	 * @return the hash
	 */
	protected static int hashOf(@Nullable String value) {
		return Member.hash(value);
	}

	/**
	 * Writes a component.
	 * @param form where to
	 * @param value the component
	 */
	protected static void writeInt(Object form, int value) {
		((CodedRecordSerializer) form).output().writeVarInt(value, false);
	}

	/**
	 * Writes a component.
	 * @param form where to
	 * @param value the component
	 */
	protected static void writeLong(Object form, long value) {
		((CodedRecordSerializer) form).output().writeVarLong(value, false);
	}

	/**
	 * Writes a component.
	 * @param form where to
	 * @param value the component
	 */
	protected static void writeText(Object form, @Nullable String value) {
		((CodedRecordSerializer) form).output().writeString(value);
	}

	/**
	 * Writes a component.
	 * @param form where to
	 * @param index which component
	 * @param value the component
	 */
	protected static void writeOther(Object form, int index, @Nullable Object value) {
		CodedRecordSerializer coded = (CodedRecordSerializer) form;
		coded.member(index).write(coded.kryo(), coded.output(), value);
	}

	/**
	 * Reads a component.
	 * @param form where from
	 * @return the component
	 */
	protected static int readInt(Object form) {
		return ((CodedRecordSerializer) form).input().readVarInt(false);
	}

	/**
	 * Reads a component.
	 * @param form where from
	 * @return the component
	 */
	protected static long readLong(Object form) {
		return ((CodedRecordSerializer) form).input().readVarLong(false);
	}

	/**
	 * Reads a component.
	 * @param form where from
	 * @return the component
	 */
	protected static @Nullable String readText(Object form) {
		return ((CodedRecordSerializer) form).readText();
	}

	/**
	 * Reads a component.
	 * @param form where from
	 * @param index which component
	 * @return the component
	 */
	protected static @Nullable Object readOther(Object form, int index) {
		CodedRecordSerializer coded = (CodedRecordSerializer) form;
		return coded.member(index).read(coded.kryo(), coded.input());
	}

	/**
	 * Says that all components were read, and what fails from now on is the constructor.
	 * @param form where from
	 */
	protected static void completed(Object form) {
		((CodedRecordSerializer) form).completed();
	}

}
