package dev.offload.codec.kryo;

import java.lang.invoke.SerializedLambda;
import java.util.EnumSet;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * A Kryo that writes the class before each object, so that none is made which was not
 * asked for, and that chooses by the class how its objects are written. It walks by
 * itself: objects that are there several times are one object again, but for values, of
 * which only the content counts. Used by one thread at a time.
 */
// Kryo has raw types.
@SuppressWarnings("rawtypes")
final class GraphKryo extends Kryo {

	/** Before the order of objects that were there: an object that was not. */
	private static final int FIRST = 1;

	private static final int AGAIN = 2;

	private final GraphClasses classes;

	private final WrittenObjects written = new WrittenObjects();

	private final ReadObjects read = new ReadObjects();

	private final Registration lambda;

	private final Registration javaForm;

	/** Of what is written or read; after a failure nothing is. */
	private int depth;

	GraphKryo(ClassLoader loader) {
		this(loader, new GraphClasses());
	}

	private GraphKryo(ClassLoader loader, GraphClasses classes) {
		super(classes, null);
		this.classes = classes;
		setClassLoader(loader);
		setRegistrationRequired(false);
		setOptimizedGenerics(false);
		setAutoReset(false);
		setInstantiatorStrategy(new StdInstantiatorStrategy());
		ClassForm names = new ClassForm();
		this.lambda = register(SerializedLambda.class, new LambdaSerializer(names));
		this.javaForm = register(JavaForm.class, new JavaForm.Writer());
		KnownTypes.registerAll(this, names);
	}

	void beginWriting() {
		this.classes.reset();
	}

	void finishWriting() {
		this.written.clear();
	}

	void beginReading(ReadScope scope) {
		this.classes.reset();
		this.classes.begin(scope);
	}

	void finishReading() {
		this.classes.finish();
		this.read.clear();
	}

	ReadScope scope() {
		return this.classes.scope();
	}

	@Override
	public void writeClassAndObject(Output output, @Nullable Object object) {
		write(output, object, null);
	}

	/**
	 * Writes the class and an object.
	 * @param output where to
	 * @param object the object
	 * @param last how the object before it was written
	 * @return how it was written; if it is null, the one before
	 */
	// Those of Kryo are without type arguments.
	@SuppressWarnings("unchecked")
	@Nullable GraphRegistration write(Output output, @Nullable Object object, @Nullable GraphRegistration last) {
		if (object == null) {
			output.writeByte(NULL);
			return last;
		}
		Class<?> type = object.getClass();
		GraphRegistration registration = (last != null && last.getType() == type) ? last
				: (GraphRegistration) getRegistration(type);
		this.classes.write(output, registration);
		if (registration.isShared()) {
			int index = this.written.indexOf(object, registration.hash(object));
			if (index != WrittenObjects.NEW) {
				output.writeVarInt(index + AGAIN, true);
				return registration;
			}
			output.writeByte(FIRST);
		}
		this.depth++;
		registration.form().write(this, output, object);
		this.depth--;
		return registration;
	}

	// In one method: objects are nested deep, and each one takes its frames of the stack.
	@Override
	@SuppressWarnings("unchecked")
	public @Nullable Object readClassAndObject(Input input) {
		this.depth++;
		GraphRegistration registration = this.classes.readClass(input);
		Object object = null;
		if (registration != null) {
			boolean shared = registration.isShared();
			int index = shared ? input.readVarInt(true) : FIRST;
			if (index == FIRST) {
				int outer = shared ? this.read.begin() : 0;
				object = registration.form().read(this, input, registration.getType());
				if (shared) {
					this.read.end(object, outer);
				}
			}
			else {
				object = this.read.get(index - AGAIN);
			}
		}
		this.depth--;
		return object;
	}

	@Override
	public void reference(Object object) {
		this.read.made(object);
	}

	@Override
	public int getDepth() {
		return this.depth;
	}

	@Override
	public Registration getRegistration(Class type) {
		Registration known = this.classes.getRegistration(type);
		return (known != null) ? known : registerNew(type);
	}

	private Registration registerNew(Class<?> type) {
		if (WrittenForm.isLambda(type)) {
			return this.classes.registerAs(type, this.lambda);
		}
		if (EnumSet.class.isAssignableFrom(type)) {
			return this.classes.registerAs(type, getRegistration(EnumSet.class));
		}
		if (Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class) {
			// A constant with a body has a class of its own.
			return this.classes.registerAs(type, getRegistration(type.getSuperclass()));
		}
		WrittenForm form = WrittenForm.of(type);
		return (form == WrittenForm.JAVA) ? this.classes.registerAs(type, this.javaForm)
				: this.classes.register(new GraphRegistration(type, form.serializer(this, type), GraphClasses.NAME));
	}

	// Whatever the declared type, the class is written.
	@Override
	public boolean isFinal(Class type) {
		return false;
	}

	@Override
	public Serializer getDefaultSerializer(Class type) {
		return getRegistration(type).getSerializer();
	}

}
