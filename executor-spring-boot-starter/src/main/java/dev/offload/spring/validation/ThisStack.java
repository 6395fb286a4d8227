package dev.offload.spring.validation;

import java.util.BitSet;

import org.springframework.asm.Opcodes;

/**
 * The operand stack of a method, of which only is known where {@code this} lies. A long
 * and a double take two places.
 */
final class ThisStack {

	/**
	 * What instructions without operands take from the stack and what they put there, two
	 * digits for each, in the order of their codes: from NOP to POP2.
	 */
	private static final String LOW = "00" + "0101010101010101" + "0202" + "010101" + "0202" + "-".repeat(60)
			+ "2122212221212121" + "-".repeat(50) + "3040304030303030" + "1020";

	/** The same from IADD to MONITOREXIT. */
	private static final String HIGH = "21422142".repeat(5) + "11221122" + "213221322132" + "214221422142" + "--"
			+ "121112" + "212122" + "111212" + "212221" + "111111" + "4121214141";

	private final BitSet places;

	private int size;

	ThisStack() {
		this(new BitSet(), 0);
	}

	private ThisStack(BitSet places, int size) {
		this.places = places;
		this.size = size;
	}

	ThisStack copy() {
		return new ThisStack((BitSet) this.places.clone(), this.size);
	}

	void pushThis() {
		this.places.set(this.size++);
	}

	/**
	 * Whether {@code this} lies at a depth.
	 * @param depth the depth, 1 for the top
	 * @return {@code true} if it does
	 */
	boolean isThis(int depth) {
		return this.places.get(this.size - depth);
	}

	/**
	 * Takes values and puts others.
	 * @param pop how many places it takes
	 * @param push how many it puts, none of them {@code this}
	 * @throws IndexOutOfBoundsException if there are not so many
	 */
	void replace(int pop, int push) {
		int from = this.size - pop;
		this.size = from + push;
		this.places.clear(from, Math.max(from, from + Math.max(pop, push)));
	}

	/**
	 * Executes an instruction that has no operands.
	 * @param opcode the instruction
	 */
	void execute(int opcode) {
		switch (opcode) {
			case Opcodes.DUP -> insert(1, 0);
			case Opcodes.DUP_X1 -> insert(1, 1);
			case Opcodes.DUP_X2 -> insert(1, 2);
			case Opcodes.DUP2 -> insert(2, 0);
			case Opcodes.DUP2_X1 -> insert(2, 1);
			case Opcodes.DUP2_X2 -> insert(2, 2);
			case Opcodes.SWAP -> {
				insert(1, 1);
				replace(1, 0);
			}
			case Opcodes.ARRAYLENGTH -> replace(1, 1);
			case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> replace(1, 0);
			default -> {
				String table = (opcode < Opcodes.IADD) ? LOW : HIGH;
				int index = 2 * ((opcode < Opcodes.IADD) ? opcode : opcode - Opcodes.IADD);
				replace(table.charAt(index) - '0', table.charAt(index + 1) - '0');
			}
		}
	}

	// Copies the upper places below those under them.
	private void insert(int count, int below) {
		int from = this.size - count;
		for (int i = this.size - 1; i >= from - below; i--) {
			this.places.set(i + count, this.places.get(i));
		}
		for (int i = 0; i < count; i++) {
			this.places.set(from - below + i, this.places.get(this.size + i));
		}
		this.size += count;
	}

}
