package dev.offload.codec.kryo;

import java.lang.invoke.SerializedLambda;
import java.util.EnumSet;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * A Kryo that writes the class before each object, so that none is made which was not
 * asked for, and that chooses by the class how its objects are written. Used by one
 * thread at a time.
 */
// Kryo has raw types.
@SuppressWarnings("rawtypes")
final class GraphKryo extends Kryo {

	private final GraphClasses classes;

	private final Registration lambda;

	private final Registration javaForm;

	GraphKryo(ClassLoader loader) {
		this(loader, new GraphClasses());
	}

	private GraphKryo(ClassLoader loader, GraphClasses classes) {
		super(classes, new GraphReferences());
		this.classes = classes;
		setClassLoader(loader);
		setRegistrationRequired(false);
		setOptimizedGenerics(false);
		setInstantiatorStrategy(new StdInstantiatorStrategy());
		ClassForm names = new ClassForm();
		this.lambda = register(SerializedLambda.class, new LambdaSerializer(names));
		this.javaForm = register(JavaForm.class, new JavaForm.Writer());
		KnownTypes.registerAll(this, names);
	}

	void begin(ReadScope scope) {
		this.classes.begin(scope);
	}

	void finish() {
		this.classes.finish();
	}

	ReadScope scope() {
		return this.classes.scope();
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
