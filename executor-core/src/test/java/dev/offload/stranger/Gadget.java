package dev.offload.stranger;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * A class outside of the application that shows whether it was ever touched.
 */
public class Gadget implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	static {
		Touched.mark("initialized");
	}

	@Serial
	private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
		Touched.mark("read");
		in.defaultReadObject();
	}

}
