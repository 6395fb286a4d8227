package dev.offload.spring.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

import dev.offload.spring.validation.SelfCalls.SelfCall;

/**
 * Collects the calls of methods on {@code this}, and method references to them.
 */
final class SelfCallVisitor extends ClassVisitor {

	private final Set<String> owners;

	private final List<SelfCall> calls;

	private final Set<String> left;

	private String reading = "";

	/**
	 * Creates one.
	 * @param owners the internal names of all that {@code this} is
	 * @param calls where to add what is found
	 */
	SelfCallVisitor(Set<String> owners, List<SelfCall> calls) {
		this(owners, calls, Set.of());
	}

	/**
	 * Creates one that leaves methods out.
	 * @param owners the internal names of all that {@code this} is
	 * @param calls where to add what is found
	 * @param left names and descriptors of the methods that it does not read
	 */
	SelfCallVisitor(Set<String> owners, List<SelfCall> calls, Set<String> left) {
		super(SpringAsmInfo.ASM_VERSION);
		this.owners = owners;
		this.calls = calls;
		this.left = left;
	}

	/**
	 * The method that it reads, or has read last.
	 * @return name and descriptor
	 */
	String reading() {
		return this.reading;
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		// A bridge calls what it is a bridge to.
		boolean read = (access & (Opcodes.ACC_STATIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT)) == 0;
		this.reading = name + descriptor;
		return (read && !this.left.contains(this.reading)) ? new Body(this.reading) : null;
	}

	/**
	 * Follows {@code this} on the operand stack from its load to the call.
	 */
	private final class Body extends MethodVisitor {

		private final String caller;

		private final Map<Label, ThisStack> atLabels = new HashMap<>();

		/** {@code null} behind a jump, where nothing goes on. */
		private @Nullable ThisStack stack = new ThisStack();

		Body(String caller) {
			super(SpringAsmInfo.ASM_VERSION);
			this.caller = caller;
		}

		@Override
		public void visitLabel(Label label) {
			ThisStack jumped = this.atLabels.get(label);
			if (this.stack == null) {
				this.stack = (jumped != null) ? jumped : new ThisStack();
			}
		}

		@Override
		public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
			ThisStack caught = new ThisStack();
			caught.replace(0, 1);
			this.atLabels.put(handler, caught);
		}

		@Override
		public void visitInsn(int opcode) {
			boolean ends = (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) || opcode == Opcodes.ATHROW;
			if (ends) {
				this.stack = null;
			}
			else if (this.stack != null) {
				this.stack.execute(opcode);
			}
		}

		@Override
		public void visitIntInsn(int opcode, int operand) {
			replace((opcode == Opcodes.NEWARRAY) ? 1 : 0, 1);
		}

		@Override
		public void visitVarInsn(int opcode, int index) {
			boolean wide = opcode == Opcodes.LLOAD || opcode == Opcodes.DLOAD || opcode == Opcodes.LSTORE
					|| opcode == Opcodes.DSTORE;
			if (opcode == Opcodes.ALOAD && index == 0 && this.stack != null) {
				this.stack.pushThis();
			}
			else if (opcode <= Opcodes.ALOAD) {
				replace(0, wide ? 2 : 1);
			}
			else if (opcode <= Opcodes.ASTORE) {
				replace(wide ? 2 : 1, 0);
			}
		}

		@Override
		public void visitTypeInsn(int opcode, String type) {
			if (opcode == Opcodes.NEW) {
				replace(0, 1);
			}
			else if (opcode != Opcodes.CHECKCAST) {
				replace(1, 1);
			}
		}

		@Override
		public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
			int object = (opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) ? 1 : 0;
			int value = Type.getType(descriptor).getSize();
			boolean get = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
			replace(get ? object : object + value, get ? value : 0);
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
			int arguments = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
			int result = Type.getReturnType(descriptor).getSize();
			if (opcode != Opcodes.INVOKESTATIC) {
				note(arguments, owner, name + descriptor);
			}
			replace((opcode != Opcodes.INVOKESTATIC) ? arguments : arguments - 1, result);
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... constants) {
			// Without an object that is called.
			int arguments = (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 1;
			for (Object constant : constants) {
				if (constant instanceof Handle handle && arguments > 0 && handle.getTag() != Opcodes.H_INVOKESTATIC) {
					note(arguments, handle.getOwner(), handle.getName() + handle.getDesc());
				}
			}
			replace(arguments, Type.getReturnType(descriptor).getSize());
		}

		@Override
		public void visitJumpInsn(int opcode, Label label) {
			boolean pair = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
			replace(pair ? 2 : (opcode == Opcodes.GOTO) ? 0 : 1, 0);
			jump(label);
			if (opcode == Opcodes.GOTO) {
				this.stack = null;
			}
		}

		@Override
		public void visitLdcInsn(Object value) {
			replace(0, (value instanceof Long || value instanceof Double) ? 2 : 1);
		}

		@Override
		public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
			visitLookupSwitchInsn(otherwise, new int[0], labels);
		}

		@Override
		public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
			replace(1, 0);
			jump(otherwise);
			for (Label label : labels) {
				jump(label);
			}
			this.stack = null;
		}

		@Override
		public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
			replace(dimensions, 1);
		}

		private void jump(Label label) {
			if (this.stack != null) {
				this.atLabels.putIfAbsent(label, this.stack.copy());
			}
		}

		private void replace(int pop, int push) {
			if (this.stack != null) {
				this.stack.replace(pop, push);
			}
		}

		private void note(int depth, String owner, String target) {
			if (this.stack != null && this.stack.isThis(depth) && SelfCallVisitor.this.owners.contains(owner)) {
				SelfCallVisitor.this.calls.add(new SelfCall(this.caller, target));
			}
		}

	}

}
