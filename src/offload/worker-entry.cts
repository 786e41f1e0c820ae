// The file that piscina loads in a thread. piscina requires it, and a thread that is ended while Node 20 or 22 links a required
// ES module ends the whole process (IsGraphAsync in ModuleWrap::InstantiateSync). An import can be ended at any time.
module.exports = import('./worker.js').then((worker) => worker.default);
