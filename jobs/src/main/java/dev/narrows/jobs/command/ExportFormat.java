package dev.narrows.jobs.command;

import dev.narrows.engine.TrainedNetwork;
import java.util.Map;

/** The format of an exported network. */
enum ExportFormat {
    TORCHSCRIPT {
        @Override
        byte[] write(TrainedNetwork network, String name, Map<String, String> notes) {
            return network.torchScript();
        }
    },
    ONNX {
        @Override
        byte[] write(TrainedNetwork network, String name, Map<String, String> notes) {
            return network.onnx(name, notes);
        }
    };

    /** @param notes facts for the program that runs the network, where the format has room for them */
    abstract byte[] write(TrainedNetwork network, String name, Map<String, String> notes);
}
